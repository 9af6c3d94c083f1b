//! Files that appear whole or not at all, and that replace nothing that they should not.

use super::ExportError;
use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Links that lead to each other are followed no further than this.
const MOST_LINKS: usize = 40;

/// Refuses to write over files that are read: also by way of links, and under another name.
///
/// # Errors
/// When one of `paths` is one of `inputs`.
pub fn spare_inputs<'p>(paths: &[PathBuf], inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), ExportError> {
    // Only of files: a pipe is opened to be compared, which waits for its other end or takes its bytes.
    let is_file = |path: &Path| std::fs::metadata(path).is_ok_and(|there| there.is_file());
    let inputs: Vec<&Path> = inputs.into_iter().filter(|input| is_file(input)).collect();
    let is_input = |path: &Path| inputs.iter().any(|input| same_file::is_same_file(path, input).unwrap_or(false));
    match paths.iter().find(|path| is_file(path) && is_input(path)) {
        Some(path) => Err(ExportError::OverInput { path: path.clone() }),
        None => Ok(()),
    }
}

/// Writes a file by way of a temporary one beside it, so that no half file is ever there. A link stays one, and what it
/// leads to is written; the mode of a file that was there stays; pipes and devices are written to as they are.
///
/// # Errors
/// When the place cannot be written or what is there is read-only; it stays as it was then.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    save_all(&[(path.to_owned(), bytes)])
}

/// Writes several files: none is put in its place before all of them are written.
///
/// # Errors
/// When one cannot be written, with what became of the others.
pub fn save_all(files: &[(PathBuf, impl AsRef<[u8]>)]) -> Result<(), ExportError> {
    let staged: Vec<PendingFile> =
        files.iter().map(|(path, bytes)| PendingFile::new(path, bytes.as_ref())).collect::<Result<_, _>>()?;
    for (saved, (staged, (path, bytes))) in staged.into_iter().zip(files).enumerate() {
        staged.put(bytes.as_ref()).map_err(|source| match saved {
            0 => failed(path, source),
            _ => ExportError::PartlySaved { saved, of: files.len(), path: path.clone(), source },
        })?;
    }
    Ok(())
}

/// A file that is written and not in its place yet.
enum PendingFile {
    Beside(NamedTempFile, PathBuf),
    /// Nothing can be put in the place of a pipe or a device.
    Stream(PathBuf),
}

impl PendingFile {
    fn new(path: &Path, bytes: &[u8]) -> Result<Self, ExportError> {
        let fail = |source| failed(path, source);
        let there = std::fs::metadata(path).ok();
        if there.as_ref().is_some_and(Metadata::is_dir) {
            return Err(fail(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        // What stands there for an open file is written to as well, rather than exchanged for another one.
        let stands_for_open = ["/dev/fd", "/dev/stdout", "/dev/stderr", "/proc/self/fd"];
        let is_open = stands_for_open.iter().any(|own| path.starts_with(own));
        if there.as_ref().is_some_and(|there| !there.is_file() || is_open) {
            return Ok(Self::Stream(path.to_owned()));
        }
        if there.as_ref().is_some_and(|there| there.permissions().readonly()) {
            return Err(ExportError::ReadOnly { path: path.to_owned() });
        }
        let place = behind_links(path).map_err(fail)?;
        let folder = match place.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".kairograph-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file: the system's mask takes away from it.
            builder.permissions(Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(folder).map_err(fail)?;
        file.write_all(bytes).map_err(fail)?;
        if let Some(there) = &there {
            keep_mode(file.as_file(), there);
        }
        file.as_file().sync_all().map_err(fail)?;
        Ok(Self::Beside(file, place))
    }

    fn put(self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Beside(file, place) => file.persist(place).map(drop).map_err(|error| error.error),
            Self::Stream(path) => {
                let mut stream = OpenOptions::new().append(true).open(path)?;
                stream.write_all(bytes)?;
                stream.flush()
            }
        }
    }
}

/// Gives a new file the mode of the one it replaces and, where the system allows it, its owner.
fn keep_mode(file: &File, there: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // Only the system's administrator may give files away.
        let _ = std::os::unix::fs::fchown(file, Some(there.uid()), Some(there.gid()));
    }
    // Nor do all file systems have modes.
    let _ = file.set_permissions(there.permissions());
}

/// Where a path leads by its last link, whether there is a file or not.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = std::fs::read_link(&place) else { return Ok(place) };
        place = place.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    Err(io::Error::other("its links lead in a circle"))
}

fn failed(path: &Path, source: io::Error) -> ExportError {
    // The name of the temporary file, which the system's message may hold, would tell nobody anything.
    let source = match (source.kind(), source.raw_os_error()) {
        (io::ErrorKind::NotFound, _) => io::Error::other("the folder does not exist"),
        (_, Some(code)) => io::Error::from_raw_os_error(code),
        (io::ErrorKind::Other, None) => source,
        (kind, None) => io::Error::from(kind),
    };
    ExportError::Unwritable { path: path.to_owned(), source }
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

    fn files(folder: &tempfile::TempDir) -> usize {
        std::fs::read_dir(folder.path()).unwrap().count()
    }

    #[test]
    fn a_place_that_cannot_be_written_keeps_what_it_had_and_gets_no_half_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(save(&folder.path().join("missing/figure.svg"), b"x").is_err());
        assert!(save(folder.path(), b"x").is_err());
        assert_eq!(files(&folder), 0);
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figure.svg");
        save(&path, b"a long first version").unwrap();
        save(&path, b"second").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"second");
        assert_eq!(files(&folder), 1);
    }

    #[test]
    fn of_several_files_none_is_new_where_one_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("p-1.svg"), folder.path().join("missing/p-2.svg"));
        std::fs::write(&first, "old").unwrap();
        assert!(save_all(&[(first.clone(), "new"), (second, "new")]).is_err());
        assert_eq!(std::fs::read(&first).unwrap(), b"old");
        assert_eq!(files(&folder), 1);
    }

    #[test]
    fn what_is_read_is_not_written_over_under_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let [input, hard] = ["in.csv", "hard.svg"].map(|name| folder.path().join(name));
        std::fs::write(&input, "title,date\n").unwrap();
        std::fs::hard_link(&input, &hard).unwrap();
        let same = [input.clone(), hard, folder.path().join("./in.csv")];
        for path in same {
            let refused = spare_inputs(&[folder.path().join("new.svg"), path], [input.as_path()]);
            assert!(matches!(refused, Err(ExportError::OverInput { .. })));
        }
        assert!(spare_inputs(&[folder.path().join("new.svg")], [input.as_path()]).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_modes_and_read_only_files_stay_what_they_are() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let [file, link, dangling, later] =
            ["a.svg", "link.svg", "dangling.svg", "later.svg"].map(|name| folder.path().join(name));
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        symlink("a.svg", &link).unwrap();
        symlink("later.svg", &dangling).unwrap();
        save(&link, b"new").unwrap();
        save(&dangling, b"first").unwrap();
        assert!(link.is_symlink() && dangling.is_symlink());
        assert_eq!(
            (std::fs::read(&file).unwrap(), std::fs::read(&later).unwrap()),
            (b"new".to_vec(), b"first".to_vec())
        );
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        std::fs::set_permissions(&file, Permissions::from_mode(0o440)).unwrap();
        assert!(matches!(save(&link, b"newer"), Err(ExportError::ReadOnly { .. })));
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
        symlink("circle.svg", folder.path().join("circle.svg")).unwrap();
        assert!(save(&folder.path().join("circle.svg"), b"x").is_err());
    }
}
