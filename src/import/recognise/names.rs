//! What the name of a column says: its words, in the main languages, as concepts.
//!
//! A name is cut into words at signs, at capitals and between letters and digits; accents are folded and digits set
//! aside. A word that is none of the lexicon's is cut into such as are (`startdate`, `codepostal`), if they cover all of
//! it; names in Chinese and Japanese, which have no spaces, are searched for the words that they hold.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// What a word in a column's name says of the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Concept {
    Start,
    End,
    Date,
    /// A time of day, or a date with one.
    Time,
    Year,
    Month,
    Day,
    /// When a record was made or changed, not when its event was.
    Recorded,
    Published,
    Birth,
    Death,
    Due,
    /// The first of two (first, early, launch); a start where nothing better is.
    First,
    /// The last of two; an end beside its first.
    Last,
    Title,
    Name,
    Event,
    Description,
    Kind,
    /// What may make lanes, though its name does not say "kind": a party, a season, a theatre.
    Group,
    Status,
    Place,
    /// A country, region or other area.
    Area,
    Address,
    Latitude,
    Longitude,
    Who,
    Id,
    Code,
    Url,
    Source,
    Tags,
    Duration,
    /// A number of something: a price, a share, a count.
    Measure,
    /// Yes or no.
    Flag,
    /// How well something is known.
    Doubt,
    Zone,
    /// Who checked or wrote the record.
    Editor,
    /// A file that shows something: a picture, an icon.
    Media,
}

/// Some concepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Concepts(u64);

impl Concepts {
    pub(super) fn has(self, concept: Concept) -> bool {
        self.0 >> concept as u32 & 1 == 1
    }

    /// What all of these that are there weigh together.
    pub(super) fn weight(self, weights: &[(Concept, f64)]) -> f64 {
        weights.iter().filter(|(concept, _)| self.has(*concept)).map(|(_, weight)| weight).sum()
    }

    pub(super) fn has_any(self, concepts: &[Concept]) -> bool {
        concepts.iter().any(|concept| self.has(*concept))
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn of(concept: Concept) -> Self {
        Self(1 << concept as u32)
    }
}

/// A column's name, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnName {
    /// Lower case, without accents and digits.
    pub(super) words: Vec<String>,
    pub(super) concepts: Concepts,
    /// The concepts of each word.
    of_words: Vec<Concepts>,
    /// Digits at its end, as in `date2`.
    pub(super) number: Option<u32>,
    /// Words that say nothing here.
    pub(super) unknown: usize,
}

impl ColumnName {
    /// Of a column; a nested field (`properties.type`) is known by its last part, with what stands before it.
    pub(super) fn new(name: &str) -> Self {
        let mut out = Self::default();
        // What a nested field is, its last part says; what stands before it is often the same for all.
        let last =
            name.rsplit_once('.').map_or(name, |(before, last)| if KEPT.contains(&before) { name } else { last });
        for word in words(last) {
            if let Ok(number) = word.parse() {
                out.number = Some(number);
                continue;
            }
            let concepts = concepts_of(&word);
            out.concepts.add(concepts);
            out.unknown += usize::from(concepts == Concepts::default() && word.len() > 2);
            out.of_words.push(concepts);
            out.words.push(word);
        }
        out
    }

    /// Whether a text is one word of the lexicon that says one of these. A word is not taken apart: this is asked of cells.
    pub(super) fn is_word_for(text: &str, concepts: &[Concept]) -> bool {
        text.len() <= 24 && exact(&unaccented(&text.trim().to_lowercase())).has_any(concepts)
    }

    /// Whether it is one word, and that says this.
    pub(super) fn is_just(&self, concept: Concept) -> bool {
        self.words.len() == 1 && self.of_words[0].has(concept)
    }

    /// Whether its last word says this, which in most languages that put it there is what the column is ("mission name").
    pub(super) fn ends_with(&self, concept: Concept) -> bool {
        self.of_words.last().is_some_and(|last| last.has(concept))
    }

    /// Its words but those that say one of these.
    pub(super) fn without(&self, concepts: &[Concept]) -> Vec<&str> {
        let rest = self.words.iter().zip(&self.of_words).filter(|(_, own)| !own.has_any(concepts));
        rest.map(|(word, _)| word.as_str()).collect()
    }
}

/// Objects that tell what their parts are of: `start.year`.
const KEPT: [&str; 8] = ["start", "end", "start_date", "end_date", "startDate", "endDate", "begin", "date"];

/// `"Flight Date"`, `"flight_date"` and `"flightDate"` are the same words; digits are words of their own.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    let mut letters = name.chars().peekable();
    while let Some(c) = letters.next() {
        let capital = c.is_uppercase()
            && (before.is_lowercase()
                || (before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase())));
        let digits = c.is_numeric() != before.is_numeric() && before.is_alphanumeric();
        if !c.is_alphanumeric() || capital || digits {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| unaccented(word)).collect()
}

/// Without accents and other marks above and below; Polish ł and its like become their plain letters.
pub(super) fn unaccented(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    // Vowel signs of other scripts are marks too, and are no accents: only those on Latin, Greek and Cyrillic letters go.
    let marks = |c: &char| !matches!(c, '\u{300}'..='\u{36f}');
    let plain = |c| match c {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        other => other,
    };
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(word);
    decomposed.chars().filter(marks).map(plain).collect()
}

fn concepts_of(word: &str) -> Concepts {
    let exact = exact(word);
    if exact != Concepts::default() {
        return exact;
    }
    if !word.is_ascii() && word.chars().any(|c| c >= '\u{2e80}') {
        return held(word);
    }
    compound(word).or_else(|| with_letters(word)).unwrap_or_default()
}

/// A word with one or two letters before it: `hdate`, `dtime`, `gname`.
fn with_letters(word: &str) -> Option<Concepts> {
    const WORDS: [&str; 8] = ["date", "datum", "fecha", "year", "jahr", "name", "type", "title"];
    let found = WORDS.iter().find(|own| word.ends_with(**own) && word.len() - own.len() <= 2)?;
    Some(exact(found))
}

fn exact(word: &str) -> Concepts {
    let mut out = Concepts::default();
    for (concept, words) in LEXICON {
        if words.contains(&word) {
            out.add(Concepts::of(*concept));
        }
    }
    out
}

/// The words that a name without spaces holds; of those inside each other the longest.
fn held(name: &str) -> Concepts {
    let mut out = Concepts::default();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let longest = LEXICON
            .iter()
            .flat_map(|(_, words)| words.iter())
            .filter(|word| word.starts_with(|c| c >= '\u{2e80}') && rest.starts_with(**word))
            .max_by_key(|word| word.len());
        match longest {
            Some(word) => {
                out.add(exact(word));
                rest = &rest[word.len()..];
            }
            None => rest = &rest[first.len_utf8()..],
        }
    }
    out
}

/// The parts of a word that the lexicon's words cover wholly, each of two letters or more; abbreviations stand only first.
fn compound(word: &str) -> Option<Concepts> {
    const SHORT: [(&str, Concept); 4] =
        [("st", Concept::Start), ("beg", Concept::Start), ("evt", Concept::Event), ("ev", Concept::Event)];
    if !word.is_ascii() || !(5..=40).contains(&word.len()) {
        return None;
    }
    // The concepts of the best cover of the first letters, and how many parts it has.
    let mut covers: Vec<Option<(usize, Concepts)>> = vec![None; word.len() + 1];
    covers[0] = Some((0, Concepts::default()));
    for from in 0..word.len() {
        let Some((parts, before)) = covers[from] else { continue };
        for to in from + 2..=word.len() {
            let part = &word[from..to];
            let mut own = exact(part);
            if from == 0 && to < word.len() {
                SHORT
                    .iter()
                    .filter(|(short, _)| *short == part)
                    .for_each(|(_, concept)| own.add(Concepts::of(*concept)));
            }
            if own == Concepts::default() && !FILLERS.contains(&part) {
                continue;
            }
            own.add(before);
            if covers[to].is_none_or(|(others, _)| others > parts + 1) {
                covers[to] = Some((parts + 1, own));
            }
        }
    }
    covers[word.len()].map(|(_, concepts)| concepts)
}

/// Parts of compound words that say nothing by themselves.
const FILLERS: [&str; 12] =
    ["of", "de", "the", "at", "on", "in", "utc", "local", "iso", "veranstaltungs", "ereignis", "full"];

/// Words of column names in the main languages, in lower case and without accents.
#[rustfmt::skip]
const LEXICON: &[(Concept, &[&str])] = &[
    (Concept::Start, &["start", "starts", "started", "starting", "begin", "begins", "began", "begun", "beginning", "from", "since", "open", "opened", "opening", "opens", "onset", "commence", "commenced", "commencement", "dtstart", "beginnt", "effective", "hire", "hired", "onset", "adm", "admdate", "eroffnung", "eroffnet", "eroffnungs", "abertura", "rozpoczecia", "zahajeni", "kezdes", "kezdete", "alkaa", "ontvangen", "εναρξη", "початок", "початку", "начато", "시작일", "beginn", "anfang", "anfangs", "ab", "von", "debut", "commence", "depuis", "ouverture", "inicio", "inicial", "comienzo", "desde", "apertura", "comeco", "inizio", "dal", "aanvang", "begin", "vanaf", "poczatek", "rozpoczecie", "od", "начало", "старт", "начала", "开始", "起始", "开幕", "始", "起", "開始", "始期", "시작", "baslangic", "borjan", "zacatek", "inceput", "mulai", "αρχη", "بداية", "شروع", "התחלה"]),
    (Concept::End, &["end", "ends", "ended", "ending", "finish", "finished", "finishes", "until", "till", "to", "through", "thru", "stop", "stops", "stopped", "close", "closed", "closes", "closing", "completion", "completed", "restored", "restoration", "resolved", "resolution", "recovered", "cleared", "dtend", "endet", "termination", "terminated", "expires", "expiry", "expiration", "disch", "dischdate", "recovery", "schliessung", "schließung", "geschlossen", "encerramento", "zakonczenia", "ukonceni", "befejezes", "vege", "paattyy", "beeindigd", "afgehandeld", "ληξη", "завершення", "закінчення", "завершено", "종료일", "ende", "schluss", "bis", "fin", "jusqu", "jusque", "cloture", "hasta", "termino", "cierre", "fim", "ate", "fine", "al", "einde", "eind", "tot", "koniec", "zakonczenie", "do", "конец", "окончание", "окончания", "завершение", "结束", "結束", "终止", "闭幕", "终", "止", "終了", "終", "閉幕", "종료", "끝", "bitis", "slut", "konec", "sfarsit", "selesai", "τελος", "نهاية", "پایان", "סיום"]),
    (Concept::Date, &["date", "dates", "dated", "datetime", "timestamp", "when", "edtf", "datum", "datums", "fecha", "fechas", "data", "dato", "dia", "jour", "jours", "giorno", "дата", "даты", "日期", "日付", "年月日", "日時", "时间", "時間", "날짜", "일자", "일시", "tarih", "tarihi", "paivamaara", "dzien", "tanggal", "ngay", "ημερομηνια", "تاريخ", "تاریخ", "תאריך", "तारीख", "दिनांक", "วันที่", "occurred", "happened", "occurrence", "ts", "epoch", "unixtime"]),
    (Concept::Time, &["time", "um", "kickoff", "anstoß", "anstoss", "times", "clock", "hour", "hours", "hr", "uhrzeit", "zeit", "heure", "heures", "horaire", "hora", "horario", "ora", "orario", "время", "时刻", "時刻", "时间", "時間", "godzina", "czas", "tijd", "tijdstip", "saat", "시간", "시각", "tid", "aika", "datetime", "timestamp", "dtstart", "dtend"]),
    (Concept::Year, &["year", "years", "yr", "jahr", "annee", "an", "ano", "anno", "jaar", "rok", "год", "года", "年", "年份", "年度", "西暦", "연도", "년", "yil", "ar", "vuosi", "tahun", "nam"]),
    (Concept::Month, &["month", "months", "mon", "mth", "monat", "mois", "mes", "mese", "maand", "miesiac", "месяц", "月", "月份", "월", "ay", "manad", "maned", "kuukausi", "bulan", "thang"]),
    (Concept::Day, &["day", "days", "dy", "tag", "jour", "dia", "giorno", "dag", "dzien", "день", "число", "日", "일", "gun", "paiva", "hari"]),
    (Concept::Recorded, &["created", "create", "creation", "updated", "update", "uploaded", "upload", "modified", "modification", "changed", "edited", "inserted", "added", "indexed", "retrieved", "accessed", "access", "crawled", "scraped", "fetched", "downloaded", "collected", "ingested", "imported", "entered", "entry", "registered", "logged", "acquired", "acquisition", "accession", "accessioned", "received", "erstellt", "geandert", "aktualisiert", "hinzugefugt", "cree", "creee", "modifie", "modifiee", "maj", "ajoute", "creado", "creada", "modificado", "actualizado", "criado", "atualizado", "creato", "aggiornato", "modificato", "создан", "создано", "обновлен", "изменен", "创建", "更新", "修改", "作成", "登録", "생성", "수정", "utworzono", "bijgewerkt", "aangemaakt", "seen"]),
    (Concept::Published, &["published", "publish", "publication", "posted", "post", "pubdate", "pub", "reported", "announced", "result", "results", "veroffentlicht", "veroffentlichung", "publie", "publiee", "parution", "publicado", "publicacion", "publicacao", "divulgacao", "pubblicato", "pubblicazione", "опубликован", "публикации", "发布", "出版", "公開", "発行", "gepubliceerd"]),
    (Concept::Birth, &["birth", "born", "dob", "birthday", "birthdate", "geburt", "geburts", "geboren", "naissance", "ne", "nacimiento", "nascimento", "nascita", "geboorte", "urodzenia", "рождения", "出生", "生年", "生年月日", "诞生", "dogum"]),
    (Concept::Death, &["death", "died", "dod", "deceased", "dead", "tod", "gestorben", "deces", "mort", "muerte", "defuncion", "fallecimiento", "morte", "obito", "overlijden", "smierci", "смерти", "死亡", "没年", "卒年", "逝世", "olum"]),
    (Concept::Due, &["due", "deadline", "expiry", "expires", "expiration", "expire", "valid", "cfp", "reminder", "remind", "erinnerung", "rappel", "recordatorio", "promemoria", "lembrete", "herinnering", "напоминание", "提醒", "リマインダー", "eta", "etd", "sta", "std", "target", "planned", "scheduled", "estimated", "expected", "fallig", "frist", "echeance", "vencimiento", "vencimento", "scadenza", "срок", "截止", "期限", "締切"]),
    (Concept::First, &["first", "early", "earliest", "min", "minimum", "launch", "launched", "departure", "departed", "depart", "admission", "admitted", "appointed", "elected", "installed", "formulation", "earlier", "erste", "erster", "premier", "primero", "primeiro", "primo", "最早", "最初", "order", "ordered", "established", "founded", "abfahrt", "inception"]),
    (Concept::Last, &["last", "late", "latest", "max", "maximum", "return", "returned", "landing", "landed", "arrival", "arrived", "discharge", "discharged", "final", "later", "delivery", "delivered", "letzte", "letzter", "dernier", "ultimo", "最晚", "最後", "dissolved", "abolished", "ankunft", "retired", "dissolution"]),
    (Concept::Title, &["title", "headline", "heading", "label", "caption", "subject", "summary", "what", "titel", "titre", "titulo", "titolo", "tytul", "заголовок", "название", "标题", "標題", "題名", "タイトル", "件名", "제목", "표제", "baslik", "rubrik", "otsikko", "judul", "τιτλος", "عنوان", "כותרת", "शीर्षक", "milestone", "headlines", "content", "text", "message", "内容", "행사명", "事項", "できごと", "出来事", "what", "betreff", "objet", "asunto", "assunto", "oggetto"]),
    (Concept::Name, &["name", "names", "named", "nom", "nombre", "nome", "naam", "nazwa", "имя", "наименование", "名称", "名稱", "名字", "姓名", "名前", "名", "이름", "명", "isim", "ad", "adi", "namn", "navn", "nimi", "nama", "ten", "ονομα", "اسم", "نام", "שם", "नाम", "bezeichnung"]),
    (Concept::Event, &["event", "events", "incident", "incidents", "ereignis", "veranstaltung", "termin", "evenement", "evento", "eventos", "eventi", "acontecimiento", "gebeurtenis", "evenement", "wydarzenie", "событие", "события", "事件", "活动", "大事", "イベント", "行事", "事件名", "행사", "사건", "olay", "etkinlik", "handelse", "tapahtuma", "peristiwa", "γεγονος", "حدث", "رویداد", "אירוע", "घटना", "activity", "episode", "battle", "mission", "operation", "exercise", "conference", "concert", "festival", "match", "detail"]),
    (Concept::Description, &["description", "desc", "descr", "notes", "note", "details", "comment", "comments", "body", "remarks", "remark", "abstract", "narrative", "synopsis", "overview", "info", "infos", "explanation", "significance", "impact", "beschreibung", "bemerkung", "bemerkungen", "anmerkung", "notizen", "remarque", "remarques", "descriptif", "descripcion", "resumen", "detalle", "detalles", "descricao", "resumo", "descrizione", "riassunto", "omschrijving", "opis", "описание", "примечание", "комментарий", "描述", "说明", "說明", "备注", "简介", "詳細", "説明", "概要", "備考", "설명", "내용", "비고", "aciklama", "beskrivning", "kuvaus", "keterangan", "περιγραφη", "وصف", "توضیحات", "תיאור", "विवरण", "blurb", "summary", "text", "content", "autresinfos"]),
    (Concept::Kind, &["kind", "type", "types", "category", "categories", "class", "group", "genre", "theme", "topic", "lane", "classification", "subtype", "kategorie", "typ", "art", "gruppe", "thema", "categorie", "genre", "tipo", "categoria", "clase", "grupo", "tema", "classe", "classificacao", "gruppo", "soort", "kategoria", "rodzaj", "тип", "категория", "вид", "группа", "类别", "類別", "类型", "類型", "分类", "种类", "種別", "種類", "分類", "カテゴリ", "ジャンル", "区分", "분류", "유형", "종류", "kategori", "tur", "jenis", "κατηγορια", "نوع", "فئة", "קטגוריה", "प्रकार", "cat"]),
    (Concept::Group, &["party", "season", "theater", "theatre", "front", "era", "period", "epoch", "phase", "stage", "series", "team", "side", "field", "discipline", "genus", "species", "disease", "sector", "industry", "department", "company", "operator", "agency", "branch", "program", "programme", "project", "line", "track", "level", "severity", "mode", "format", "medium", "gender", "partei", "saison", "epoche", "phase", "parti", "periode", "famille", "partido", "temporada", "epoca", "fase", "squadra", "партия", "период", "эпоха", "时代", "朝代", "阶段", "党派", "時代", "시대", "issue", "vendor", "supplier", "manufacturer", "destination", "weapon", "cause", "orchester", "entity", "tournament", "purpose", "fuel", "hand"]),
    (Concept::Status, &["status", "standing", "state", "outcome", "statut", "etat", "estado", "situacao", "stato", "zustand", "статус", "состояние", "状态", "状態", "상태", "durum", "stav"]),
    (Concept::Place, &["location", "locations", "place", "places", "where", "venue", "site", "city", "town", "locality", "airport", "stadium", "port", "harbour", "building", "room", "hall", "scene", "ort", "orte", "stadt", "veranstaltungsort", "standort", "lieu", "lieux", "ville", "endroit", "commune", "salle", "lugar", "ciudad", "sitio", "ubicacion", "localizacion", "local", "cidade", "municipio", "localidade", "luogo", "citta", "sede", "comune", "plaats", "locatie", "stad", "miejsce", "miasto", "место", "город", "地点", "地點", "地址", "城市", "场所", "位置", "場所", "会場", "開催地", "都市", "장소", "위치", "도시", "yer", "sehir", "konum", "plats", "sted", "paikka", "lokasi", "tempat", "kota", "τοποθεσια", "τοπος", "مكان", "موقع", "محل", "מקום", "מיקום", "स्थान", "village", "birthplace"]),
    (Concept::Area, &["country", "countries", "region", "regions", "state", "province", "county", "district", "area", "areas", "territory", "continent", "nation", "sea", "island", "land", "bundesland", "staat", "kreis", "bezirk", "region", "pays", "departement", "region", "pais", "provincia", "comunidad", "estado", "uf", "regiao", "paese", "regione", "provincia", "land", "kraj", "wojewodztwo", "страна", "регион", "область", "国家", "地区", "省份", "省", "区域", "国", "国名", "地域", "都道府県", "나라", "국가", "지역", "ulke", "bolge", "il", "maa", "negara", "wilayah", "χωρα", "دولة", "بلد", "کشور", "מדינה", "देश", "admin", "geographic", "theater", "theatre"]),
    (Concept::Address, &["address", "street", "postal", "postcode", "zip", "zipcode", "plz", "adresse", "strasse", "rue", "codepostal", "direccion", "endereco", "indirizzo", "адрес", "住所", "postnummer"]),
    (Concept::Latitude, &["latitude", "lat", "latitud", "breite", "breitengrad", "latitudine", "широта", "纬度", "緯度", "위도", "enlem", "szerokosc", "y", "ycoord", "breddegrad"]),
    (Concept::Longitude, &["longitude", "lon", "lng", "long", "longitud", "lange", "laenge", "langengrad", "longitudine", "долгота", "经度", "経度", "경도", "boylam", "dlugosc", "x", "xcoord", "lengdegrad"]),
    (Concept::Who, &["participants", "participant", "actors", "actor", "who", "people", "person", "persons", "parties", "attendees", "attendee", "members", "belligerents", "leaders", "leader", "speaker", "speakers", "organizer", "organiser", "host", "author", "authors", "artist", "artists", "player", "players", "commander", "respondent", "candidate", "teilnehmer", "beteiligte", "personen", "akteure", "acteurs", "participants", "intervenants", "participantes", "actores", "personas", "ponentes", "pessoas", "partecipanti", "persone", "relatori", "deelnemers", "uczestnicy", "участники", "участник", "люди", "参与者", "参加者", "人物", "参战方", "出演者", "참가자", "인물", "katilimcilar", "deltagare", "deltagere", "osallistujat", "peserta", "συμμετεχοντες", "المشاركون", "شرکت", "משתתפים", "प्रतिभागी", "organiseavec"]),
    (Concept::Id, &["id", "ids", "uid", "uuid", "guid", "key", "index", "idx", "no", "nr", "num", "number", "rownames", "row", "unnamed", "objectid", "fid", "oid", "identifier", "kennung", "nummer", "numero", "identifiant", "identificador", "codigo", "identificativo", "номер", "идентификатор", "编号", "序号", "番号", "번호", "numara", "ordinal", "serial", "seq", "sequence"]),
    (Concept::Code, &["code", "codes", "iso", "abbr", "abbreviation", "acronym", "kurzel", "kuerzel", "sigle", "sigla", "symbol", "icao", "iata", "hash", "registration", "mcc", "код", "代码", "コード", "코드", "kod", "version"]),
    (Concept::Url, &["url", "urls", "link", "links", "href", "uri", "website", "web", "weblink", "permalink", "homepage", "webseite", "lien", "liens", "enlace", "enlaces", "sitio", "collegamento", "ссылка", "链接", "网址", "リンク", "링크", "baglanti", "lank", "article", "wikipedia"]),
    (Concept::Source, &["source", "sources", "citation", "citations", "reference", "references", "ref", "refs", "publisher", "provider", "feed", "quelle", "quellen", "fuente", "fuentes", "fonte", "fonti", "bron", "zrodlo", "источник", "источники", "来源", "來源", "出处", "出典", "情報源", "출처", "kaynak", "kalla", "lahde", "sumber", "πηγη", "مصدر", "منبع", "מקור", "स्रोत"]),
    (Concept::Tags, &["tags", "tag", "keywords", "keyword", "labels", "topics", "schlagworte", "stichworte", "mots", "etiquetas", "palabras", "etichette", "теги", "метки", "标签", "タグ", "태그", "etiketler", "terms"]),
    (Concept::Duration, &["duration", "durations", "lasted", "length", "elapsed", "runtime", "dauer", "duree", "duracion", "duracao", "durata", "duur", "czas", "длительность", "продолжительность", "时长", "持续时间", "所要時間", "期間", "기간", "sure", "minutes", "seconds", "hours", "stunden", "dur"]),
    (Concept::Measure, &["amount", "count", "total", "sum", "price", "cost", "value", "values", "score", "rating", "rank", "ratio", "rate", "share", "percent", "percentage", "pct", "avg", "mean", "mag", "magnitude", "depth", "height", "width", "weight", "size", "distance", "speed", "wind", "pressure", "temperature", "age", "population", "fatalities", "casualties", "deaths", "toll", "killed", "injured", "injuries", "damage", "wounded", "victims", "votes", "voters", "viewers", "views", "hits", "likes", "seats", "margin", "mw", "km", "usd", "dollars", "yield", "volume", "betrag", "summe", "anzahl", "preis", "kosten", "wert", "montant", "somme", "nombre", "prix", "valeur", "importe", "cantidad", "precio", "valor", "quantidade", "importo", "numero", "prezzo", "aantal", "kwota", "liczba", "cena", "сумма", "количество", "цена", "金额", "数量", "价格", "人数", "金額", "数", "금액", "수량", "fat", "pic", "records", "numa", "numb", "beds", "level", "loss"]),
    (Concept::Flag, &["is", "has", "was", "flag", "online", "enabled", "active", "valid", "confirmed", "recip", "public", "allday"]),
    (Concept::Doubt, &["approx", "approximate", "precision", "accuracy", "uncertainty", "estimate", "error", "confidence", "quality", "range", "xrange", "margin"]),
    (Concept::Zone, &["timezone", "tz", "zone", "zeitzone", "fuseau", "tzid", "utcoffset"]),
    (Concept::Editor, &["editor", "reviewer", "reviewed", "checked", "verified", "coder", "annotator", "curator", "compiler", "verifier", "validator", "approver", "recorder", "submitter", "updater", "creator", "bearbeiter", "redacteur", "usuario"]),
    (Concept::Media, &["image", "images", "img", "photo", "picture", "icon", "thumbnail", "thumb", "avatar", "affiche", "poster", "video", "audio", "media", "color", "colour", "marker", "logo", "bild", "imagen", "foto", "immagine", "картинка", "图片", "画像"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_same_however_they_are_written() {
        use Concept::{Date, Day, End, Event, Id, Kind, Name as Named, Place, Start, Title, Year};
        for (name, concepts) in [
            ("Flight Date", &[Date][..]),
            ("startDate", &[Start, Date]),
            ("START_DATE", &[Start, Date]),
            ("startdatum", &[Start, Date]),
            ("styear", &[Start, Year]),
            ("endyear", &[End, Year]),
            ("Fecha de inicio", &[Date, Start]),
            ("开始日期", &[Start, Date]),
            ("結束日期", &[Date]),
            ("年", &[Year]),
            ("日", &[Day]),
            ("titreevent", &[Title, Event]),
            ("matchID", &[Event, Id]),
            ("Ereignis-Typ", &[Event, Kind]),
            ("Название", &[Title]),
            ("stadium_name", &[Place, Named]),
            ("día2", &[Day, Date]),
        ] {
            let name = (name, ColumnName::new(name));
            assert!(concepts.iter().all(|concept| name.1.concepts.has(*concept)), "{name:?} says {concepts:?}");
        }
        assert!(!ColumnName::new("mandate").concepts.has(Date) && !ColumnName::new("Landmark").concepts.has(Place));
        assert_eq!(ColumnName::new("jour2").number, Some(2));
        assert_eq!(ColumnName::new("Date of Restoration").without(&[Date, End]), ["of"]);
    }
}
