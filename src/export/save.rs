//! Files that appear whole or not at all.

use super::ExportError;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes a file by way of a temporary one beside it, so that no half file is ever there.
///
/// # Errors
/// When the place cannot be written; what was there before stays.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let fail = |source: std::io::Error| {
        // The name of the temporary file, which the system's message may hold, would tell nobody anything.
        let source = match (source.kind(), source.raw_os_error()) {
            (std::io::ErrorKind::NotFound, _) => std::io::Error::other("the folder does not exist"),
            (_, Some(code)) => std::io::Error::from_raw_os_error(code),
            (kind, None) => std::io::Error::from(kind),
        };
        ExportError::Unwritable { path: path.to_owned(), source }
    };
    if path.is_dir() {
        return Err(fail(std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kairograph-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the system's mask takes away from it.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// The paths of so many files of one figure: the path itself for one, `name-1.svg`, `name-2.svg`, … for more.
#[must_use]
pub fn numbered(path: &Path, count: usize) -> Vec<PathBuf> {
    if count <= 1 {
        return vec![path.to_owned()];
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
    (1..=count).map(|number| path.with_file_name(format!("{stem}-{number}.{extension}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_cannot_be_written_keeps_what_it_had_and_gets_no_half_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(save(&folder.path().join("missing/figure.svg"), b"x").is_err());
        assert!(save(folder.path(), b"x").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figure.svg");
        save(&path, b"a long first version").unwrap();
        save(&path, b"second").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
