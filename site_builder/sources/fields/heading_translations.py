"""Names of table columns in languages other than English."""

from collections.abc import Mapping

# Field (or link kind) → its names, separated by semicolons; matched without accents and case.
_NAMES: Mapping[str, str] = {
    "title": (
        "название; название статьи; заглавие; заголовок; наименование; название работы; назва; "
        "назва статті; tytuł; tytuł artykułu; tytuł pracy; başlık; makale başlığı; makale adı; "
        "titel van het artikel; artikeltitel; název; název článku; titolo dell'articolo; otsikko; cím; "
        "العنوان; عنوان; שם המאמר; judul; tiêu đề; Titel; Aufsatztitel; Titel des Aufsatzes; titre; "
        "titre de l'article; título; título del artículo; titolo; 标题; 標題; 题名; 題名; 题目; 題目; "
        "论文标题; 論文標題; 论文题目; 論文題目; 文献标题; 篇名; 文章标题; 文章標題; タイトル; 論文名; "
        "論文タイトル; 表題; 論題; 文献名; 제목; 논문제목; 논문명"
    ),
    "subtitle": ("Untertitel; sous-titre; subtítulo; sottotitolo; 副标题; 副標題; 副题; サブタイトル; 副題; 부제"),
    "abstract": (
        "аннотация; резюме; реферат; анотація; streszczenie; abstrakt; özet; samenvatting; sammanfattning; "
        "sammendrag; souhrn; tiivistelmä; الملخص; ملخص; Zusammenfassung; Kurzfassung; Abstract (dt.); "
        "Abstract (deutsch); résumé; resumen; resumo; riassunto; sommario; abstrait; 摘要; 文摘; 内容摘要; "
        "論文摘要; 论文摘要; 要旨; 抄録; 概要; 要約; アブストラクト; 초록"
    ),
    "authors": (
        "автор; авторы; автор(ы); авторы статьи; автори; autorzy; autor/autorzy; autor(zy); yazar; "
        "yazarlar; yazar(lar); auteur(s); författare; forfatter; forfattere; autoři; szerző; szerzők; "
        "tekijä; tekijät; المؤلف; المؤلفون; penulis; tác giả; Autor; Autoren; Autor/in; Autor*innen; "
        "Autor:innen; Autor(en); AutorInnen; Verfasser; Verfasserin; auteur; auteurs; auteur(s); "
        "auteurs(trices); auteur·e·s; auteur·rice·s; auteur(e)s; autores; autora; autoras; autor(es); "
        "autore; autori; 作者; 论文作者; 論文作者; 全部作者; 著者; 著者名; 執筆者; 发表作者; 저자; 저자명"
    ),
    "published": (
        "дата публикации; год; год публикации; опубликовано; год издания; дата публікації; рік; "
        "data publikacji; rok; rok wydania; rok publikacji; opublikowano; yıl; yayın tarihi; yayın yılı; "
        "jaar; publicatiedatum; publiceringsdatum; datum vydání; vuosi; السنة; tahun; năm; "
        "Erscheinungsdatum; Veröffentlichungsdatum; Veroeffentlichungsdatum; veröffentlicht; "
        "veröffentlicht am; publiziert am; Publikationsdatum; date de publication; date de parution; "
        "publié le; paru le; fecha de publicación; publicado; data de publicação; data di pubblicazione; "
        "发表日期; 發表日期; 出版日期; 发布日期; 發布日期; 刊出日期; 发表时间; 發表時間; 发布时间; "
        "出版时间; 出版時間; 公開日; 出版日; 発行日; 発表日; 掲載日; 刊行日; 発行年月日; 출판일; "
        "Erscheinungsjahr; Publikationsjahr; Jahr; année; année de publication; año; año de publicación; "
        "ano de publicação; anno; 年份; 出版年; 出版年份; 发表年份; 發表年份; 年; 年度; 発行年; 発表年; "
        "刊行年; 연도; 발행연도; 발행년도; 출판연도; 게재연도; 발행일"
    ),
    "date": "дата; tarih; päivämäärä; dátum; التاريخ; tanggal; Datum; fecha; data; 日期; 日付; 年月日",
    "listed": "gelistet am; aufgenommen am; date de la liste; 收录日期; 收錄日期; 掲載リスト日",
    "tags": (
        "теги; метки; tagi; etykiety; etiketler; Schlagworte; Schlagwörter; Themen; Thema; étiquettes; "
        "etiquetas; 标签; 標籤; タグ"
    ),
    "keywords": (
        "ключевые слова; ключові слова; słowa kluczowe; anahtar kelimeler; trefwoorden; nyckelord; "
        "klíčová slova; الكلمات المفتاحية; Stichworte; Stichwörter; Schlüsselwörter; mots-clés; mots clés; "
        "palabras clave; palavras-chave; parole chiave; 关键词; 關鍵詞; 关键字; 關鍵字; キーワード; 키워드"
    ),
    "venue": (
        "журнал; издание; источник; конференция; название журнала; конференція; czasopismo; konferencja; "
        "nazwa czasopisma; dergi; konferans; tijdschrift; conferentie; tidskrift; tidsskrift; časopis; "
        "folyóirat; lehti; المجلة; jurnal; tạp chí; Zeitschrift; Zeitschriftentitel; Konferenz; Tagung; "
        "erschienen in; revue; journal/revue; conférence; revista; publicado en; conferencia; rivista; "
        "期刊; 期刊名; 期刊名称; 期刊名稱; 刊名; 来源; 來源; 文献来源; 文獻來源; 会议; 會議; 会议名称; "
        "杂志; 雜誌; 雑誌; 雑誌名; ジャーナル; 掲載誌; 掲載誌名; 誌名; 会議名; 学会名; 학술지; "
        "학술지명; 저널; 게재지; periódico"
    ),
    "volume": (
        "том; tom; cilt; jaargang; ročník; årgång; Band; Jahrgang; Bd.; Jg.; vol.; tome; volumen; "
        "권; 卷; 卷号; 卷號; 巻; 巻号"
    ),
    "issue": (
        "номер; выпуск; numer; zeszyt; sayı; číslo; Heft; Heftnummer; Ausgabe; numéro; fascicule; fascicolo; "
        "número; núm.; num.; 호; "
        "期; 期号; 期號; 号; 号数"
    ),
    "pages": (
        "страницы; стр.; сторінки; strony; strona; sayfa; sayfalar; pagina's; bladzijden; sidor; sider; "
        "strany; Seiten; Seite; Seitenzahlen; páginas; página; págs.; pág.; pp.; pagine; "
        "페이지; 쪽; 页码; 頁碼; 页; 頁; ページ"
    ),
    "publisher": (
        "издательство; издатель; wydawca; wydawnictwo; yayıncı; uitgever; Verlag; Herausgeber; éditeur; "
        "maison d'édition; editorial; 出版社; 出版者; 発行者"
    ),
    "organization": "Institution; Einrichtung; établissement; institución; 机构; 機構; 单位; 單位; 所属",
    "kind": "Dokumenttyp; Publikationstyp; type de document; tipo de documento; 文献类型; 文獻類型; 種別",
    "language": "Sprache; langue; idioma; lengua; lingua; язык; język; dil; 语言; 語言; 语种; 言語",
    "comment": (
        "примечание; примечания; комментарий; uwagi; komentarz; notlar; opmerking; Anmerkung; Anmerkungen; "
        "Bemerkung; Bemerkungen; remarque; remarques; notas; 备注; 備註; 備考"
    ),
    "upvotes": "Stimmen; votos; 点赞数; 點讚數; 点赞; いいね数",
    "page": (
        "ссылка; ссылки; адрес; посилання; link do artykułu; odnośnik; adres; bağlantı; koppeling; länk; "
        "lenke; odkaz; الرابط; Verweis; Webadresse; Adresse; lien; liens; adresse web; enlace; enlaces; "
        "链接; 連結; 鏈接; 网址; 網址; 論文链接; 论文链接; 論文連結; リンク; 링크"
    ),
    "pdf": (
        "Volltext; texte intégral; texto completo; 全文链接; 全文連結; 本文リンク; PDF-Link; lien pdf; "
        "enlace pdf; PDF链接; PDF連結; PDFリンク"
    ),
    "code": "код; kod; kod źródłowy; Quelltext; code source; código; 代码; 代碼; 程式碼; 代码链接; コード",
}
TRANSLATIONS: Mapping[str, tuple[str, ...]] = {field: tuple(names.split("; ")) for field, names in _NAMES.items()}
