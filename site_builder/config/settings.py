"""`site.yaml` as typed settings; every key is validated before anything else happens."""

import re
from collections.abc import Collection, Mapping
from datetime import date, time
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import idna
from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, Field, PrivateAttr, ValidationError

from site_builder.config.fetch_source import FetchSource, FetchSources, Query
from site_builder.config.mailing import EditionName, EditionSettings, Mailing, checked_editions
from site_builder.config.mistakes import mistakes
from site_builder.config.newsletter import MailAddress, Newsletter
from site_builder.config.publishing import Publishing
from site_builder.config.section import AUTHORITY, FOLDER, WEB, ClockTime, SettingsSection
from site_builder.languages import Words, words_of
from site_builder.model.editions import DAILY
from site_builder.problems import BuildError, Problem, Problems
from site_builder.sources.content.fetch_status import FETCHED
from site_builder.sources.content_files import meant_file
from site_builder.sources.fields.written_date import FIRST_YEAR, LAST_YEAR
from site_builder.sources.source import DecodeError, Source
from site_builder.sources.syntax.yaml_text import LineDict, YamlError, load_yaml
from site_builder.urls import permalink, without_html

SETTINGS_FILE = "site.yaml"
SAMPLE_URL = "https://digest.example.org"  # written by `broadsheet new`
_LOOPBACK = re.compile(r"localhost|127(?:\.\d+){3}|0\.0\.0\.0|::1?|.*\.localhost")


def _parts_of_address(value: str) -> SplitResult:
    try:
        parts = urlsplit(value if re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value) else "")
        is_whole = parts.hostname and parts.port != 0
    except ValueError:  # from brackets or a port
        is_whole = False
    if not is_whole:
        raise ValueError("is not an address like https://example.org/digest")
    return parts


def _web_address(value: str) -> str:
    parts = _parts_of_address(value)
    if parts.username is not None:
        raise ValueError("holds a name or a password, which every page and feed would tell; leave it out")
    if not value.isascii():  # feeds, mail headers and sitemaps need ASCII addresses
        try:
            host, colon, port = parts.netloc.partition(":")
            host = idna.encode(host, uts46=True).decode() + colon + port
        except idna.IDNAError:
            raise ValueError("has a host that no browser would find") from None
        value = urlunsplit(parts._replace(netloc=host, path=quote(parts.path, safe="/%:@!$&'()*+,;=~")))
    return value.rstrip("/")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a time zone like Europe/Berlin or UTC") from None
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError("is not a language tag like en or pt-BR")
    language, *rest = value.lower().split("-")
    return "-".join([language, *(part.title() if len(part) == len("Hans") else part.upper() for part in rest)])


PagesFrom = Literal["auto"] | Annotated[int, Field(ge=1)]
Export = Literal["bib", "ris", "csl", "md"]
DeckChoice = Literal["auto", "sentence", "beginning"]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Author(SettingsSection):
    """Who publishes the digest."""

    name: str = Field("", description="Name shown in feeds and mails; the title when empty.")
    email: MailAddress = Field("", description="Address for feeds and mails.")


class ListDefaults(SettingsSection):
    """What `site.yaml` says about lists that do not say it themselves."""

    path: str = Field(description="Files it holds for, below content/: `papers/002_*`; `*` and `?` as in a shell.")
    listed: date | None = Field(
        None, ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31), description="Day the list carried its papers."
    )
    year: int | None = Field(None, ge=1900, le=2200, description="Year of the dates that are written without one.")
    tags: tuple[str, ...] = Field((), description="Tags for every paper of the list.")


def _once_true(meant: str) -> BeforeValidator:
    """Translate `true`, which meant that in older sites, and `false`."""
    return BeforeValidator(lambda value: {"true": meant, "false": "none"}.get(str(value).lower(), value))


TagFeeds = Annotated[Literal["papers", "all", "none"], _once_true("all")]
Cards = Annotated[Literal["papers", "days", "none"], _once_true("papers")]
PictureKind = Literal["lists", "hf", "arxiv_html", "pdf"]


class Release(SettingsSection):
    """When a day is out, and a paper that is held until one."""

    hour: ClockTime = Field(time(), description="Time of the day at which a day of later comes out.")
    zone: Annotated[str, AfterValidator(lambda value: _zone(value) if value else "")] = Field(
        "", description="Time zone of that hour; that of the feeds when empty."
    )


class Images(SettingsSection):
    """Which pictures of papers are fetched and shown."""

    kinds: tuple[PictureKind, ...] = Field(
        ("lists",),
        alias="from",
        description="Where pictures come from: `lists` (what you wrote), `hf` (fetched lists), `arxiv_html`, `pdf`.",
    )
    licences: tuple[str, ...] = Field(
        ("CC0", "CC BY", "CC BY-SA"),
        description="Licences, as arXiv names them, of papers whose pictures are shown though you did not choose them.",
    )


class Feeds(SettingsSection):
    """What the feeds hold and when their entries are dated."""

    entries: int = Field(30, ge=1, le=200, description="Entries of a feed; older ones are on the site.")
    hour: ClockTime = Field(
        time(6), description="Time of the day an entry is dated at; that of `release` where it is set."
    )
    zone: Annotated[str, AfterValidator(_zone)] = Field("UTC", description="Time zone of that hour.")
    authority: str = Field(
        "",
        pattern=AUTHORITY,
        description="Permanent name in entry ids, `example.org,2026`; by default from base_url. Never change it.",
    )

    tags: TagFeeds = Field("papers", description="Feeds of every tag: of its papers, all (its digests, too) or none.")
    formats: tuple[Literal["rss", "json"], ...] = Field(
        (), description="Formats besides Atom for the feeds of tags, organisations and editions."
    )
    organization_min: int = Field(
        10, ge=0, description="Papers an organisation needs to get a feed of its own; 0 makes none."
    )
    weekly: bool = Field(True, description="A feed with one entry a week.")
    monthly: bool = Field(True, description="A feed with one entry a month.")
    top: tuple[Annotated[int, Field(ge=1, le=100)], ...] = Field(
        (),
        description="For each number a feed of the week's papers with most upvotes: `[10]` makes a top ten.",
    )
    min_upvotes: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        (), description="For each number a feed of the papers with at least so many upvotes: `[20, 100]`."
    )
    archives: Literal["site", "digests", "all", "none"] = Field(
        "site",
        description="Feeds that keep older entries in archive pages: the digests, the site's, all, or none.",
    )
    hub: str = Field("", pattern=WEB, description="Address of a WebSub hub for the feeds.")

    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Settings(SettingsSection):
    """Everything `site.yaml` can say; each key has a default."""

    title: str = Field("Paper digest", min_length=1, description="Name of the digest, on every page and feed.")
    tagline: str = Field("", description="One line below the title.")
    base_url: WebAddress = Field("http://localhost:8000", description="Address the site is published at.")
    addresses: Literal["with_html", "without_html"] = Field(
        "with_html",
        description="Addresses of pages: as their files are named, or as hosts show them that drop `.html`.",
    )
    language: Annotated[str, AfterValidator(_language)] = Field("en", description="Language of the site.")
    author: Author = Field(Author(), description="Who publishes the digest.")
    theme: str = Field("default", pattern=FOLDER, description="Folder of templates/ to use.")
    day_layout: Literal["sections", "list"] = Field("sections", description="A day by tag, or as one list.")
    smallest_section: int = Field(
        2, ge=1, le=50, description="Papers of a day that a tag needs to make a section; 1 lets single papers have one."
    )
    page_size: int = Field(
        50, ge=5, le=500, description="Papers on one page of a tag, an organisation or undated ones."
    )
    author_min: PagesFrom = Field(
        "auto",
        description="Papers an author needs to get a page: two on a small site and more on a larger one, or a number.",
    )
    venue_min: PagesFrom = Field(
        "auto", description="The same of the papers that a venue has in a year; others lead to the search."
    )
    home_days: int = Field(7, ge=1, le=60, description="Days named on the home page below the latest.")
    paper_pages: Literal["all"] | Annotated[int, Field(ge=1)] = Field(
        "all",
        description="Papers with a page of their own: all, or those of so many newest days; others are on their day's.",
    )
    related: Literal["auto", "words", "tags", "none"] = Field(
        "auto", description="How papers are found related: words where the extra `similar` is installed, else tags."
    )
    deck: DeckChoice = Field(
        "auto",
        description="What a card says under its title: a machine's summary where there is one, or the abstract alone.",
    )
    search: bool = Field(True, description="A search page, and the index that it searches.")
    offline: bool = Field(
        False,
        description="Saved papers and days open without a network, by a service worker; needs https.",
    )
    cards: Cards = Field(
        "days",
        validation_alias=AliasChoices("cards", "social_cards"),
        description="Pages with a picture of their own for previews, where the extra `cards` is installed.",
    )
    exports: tuple[Export, ...] = Field(
        (),
        description="Citation files next to papers, days, weeks and terms: `[bib, ris, csl]`; `md`: days as Markdown.",
    )
    lists: tuple[ListDefaults, ...] = Field(
        (), description="Defaults for lists, by file pattern; the first match holds."
    )
    raw_html: tuple[str, ...] = Field(
        (), description="Notes and pages whose HTML passes, below content/: `pages/about.md`, `notes/*`."
    )
    release: Release = Field(Release(), description="When a day that is to come is out.")
    feeds: Feeds = Field(Feeds(), description="What the feeds hold.")
    newsletter: Newsletter = Field(Newsletter(), description="Subscribing by mail, and the mails.")
    searches: dict[Annotated[str, Field(min_length=1, max_length=100)], Query] = Field(
        {}, description='Searches that have a feed, by name: `Long contexts: "long context" OR "context window"`.'
    )
    images: Images = Field(Images(), description="Pictures of papers: where from, and of which licences.")
    fetch: FetchSources = Field((), description="Sources whose lists `broadsheet fetch` brings.")
    publish: Publishing = Field(Publishing(), description="Where the site goes, and who is notified.")
    mailing: Mailing = Field(Mailing(), description="When mails wait, and how fast they are sent.")
    editions: Annotated[dict[EditionName, EditionSettings], AfterValidator(checked_editions)] = Field(
        {}, description="Series of mails by name, such as `daily`, `weekly` and `monthly`; `daily` alone without any."
    )

    _places: Mapping[str, str] = PrivateAttr(default_factory=dict)

    def release_zone(self) -> ZoneInfo:
        return ZoneInfo(self.release.zone or self.feeds.zone)

    def defaults_for(self, path: str) -> ListDefaults:
        """Return the entry of `lists:` for a file: the first whose pattern matches, plus the tags of its source."""
        found = next((entry for entry in self.lists if fits(path, entry.path)), ListDefaults(path=path))
        source = self.source_of(path)
        tags = (*found.tags, *source.tags) if source else ()
        return found.model_copy(update={"tags": tags}) if tags else found

    def source_of(self, path: str) -> FetchSource | None:
        """Return the source that a list was fetched from, None for a list of the curator's own."""
        name = path.removeprefix(f"{FETCHED}/").partition("/")[0] if path.startswith(f"{FETCHED}/") else ""
        return next((source for source in self.fetch if name and source.label == name), None)

    def allows_html(self, path: str) -> bool:
        """Return whether HTML in a note or a free page is kept, sanitised; elsewhere it is shown as text."""
        return any(fits(path, pattern) for pattern in self.raw_html)

    @property
    def words(self) -> Words:
        """Return the translations of the site's language."""
        return words_of(self.language)

    @property
    def mail_editions(self) -> dict[str, EditionSettings]:
        """Return the series of mails by name, each with its readers."""
        named = self.editions or {DAILY: EditionSettings(begin=self.mailing.begin)}
        readers = self.publish.readers
        return {
            name: edition if edition.readers else edition.model_copy(update={"readers": readers})
            for name, edition in named.items()
        }

    @property
    def publisher(self) -> str:
        return self.author.name or self.title

    def with_places(self, places: Mapping[str, str]) -> Self:
        """Return settings that link papers without a page of their own to their place on another page.

        places: by the output path that the paper's page would have.
        """
        copy = self.model_copy()
        copy._places = places
        return copy

    @property
    def places(self) -> Mapping[str, str]:
        return self._places

    def place(self, path: str) -> str:
        """Return where an output path is shown: the path itself, or for a folded paper a page with an anchor."""
        places = self._places
        return places.get(path.partition("#")[0], path) if places else path

    def address(self, path: str) -> str:
        """Return the link to an output path from the top of the site; "" for the home page."""
        return self.own_address(self.place(path))

    def own_address(self, path: str) -> str:
        """Return the link to an output path, ignoring that folded papers have no page."""
        return path if self.addresses == "with_html" else without_html(path)

    def permalink(self, path: str) -> str:
        """Return the permanent absolute URL of an output path."""
        return permalink(self.base_url, self.address(path))

    @property
    def address_warning(self) -> str:
        """Return a warning if readers cannot reach the site at its `base_url`, else ""."""
        leads = f"feeds, mails and the sitemap lead to {self.base_url}"
        host = urlsplit(self.base_url).hostname or ""
        if "base_url" not in self.model_fields_set:
            return f"{SETTINGS_FILE}: base_url is not set: {leads}"
        if self.base_url == SAMPLE_URL:
            return f"{SETTINGS_FILE}: base_url is still the one of the sample: {leads}"
        return f"{SETTINGS_FILE}: base_url is of this machine alone: {leads}" if _LOOPBACK.fullmatch(host) else ""


def fits(path: str, pattern: str) -> bool:
    """Return whether a path below `content/` matches a pattern, in which only `*` and `?` are special."""
    return fnmatchcase(path, pattern.replace("[", "[[]"))


def report_unused_patterns(settings: Settings, paths: Collection[str], problems: Problems) -> None:
    """Report each pattern of `lists:` that matches no list of the site."""
    for entry in settings.lists:
        if not any(fits(path, entry.path) for path in paths):
            remedy = "write it as it stands below content/, or remove the entry"
            problems.add(SETTINGS_FILE, None, f'lists: no list fits "{entry.path}"', remedy)


def read_settings(content: Path, base_url: str = "") -> Settings:
    """Read `content/site.yaml`; without the file all defaults apply. base_url overrides the one in the file.

    Raises BuildError naming every defect with its line.
    """
    values = _read_values(content / SETTINGS_FILE)
    if base_url:
        values["base_url"] = _address_of_option(base_url)
    try:
        return _with_dated_feeds(Settings.model_validate(_without_empty(values)))
    except ValidationError as error:
        raise _broken(*mistakes(SETTINGS_FILE, values, error.errors(), Settings, SECTIONS)) from None


def _address_of_option(base_url: str) -> str:
    try:
        return _web_address(base_url)
    except ValueError as error:
        raise BuildError(f"--base-url {base_url!r} {error}; nothing was written") from None


def _with_dated_feeds(settings: Settings) -> Settings:
    """Copy hour and zone of `release` to the feeds, unless these set their own."""
    release, feeds = settings.release, settings.feeds
    stated = {
        name: value for name in release.model_fields_set - feeds.model_fields_set if (value := getattr(release, name))
    }
    return settings.model_copy(update={"feeds": feeds.model_copy(update=stated)}) if stated else settings


def _read_values(file: Path) -> LineDict:
    if not file.exists():
        names = sorted(entry.name for entry in file.parent.iterdir()) if file.parent.is_dir() else []
        misnamed = [name for name in names if meant_file(name) == SETTINGS_FILE]
        if misnamed:
            raise _broken(Problem(misnamed[0], None, f"settings are read from {SETTINGS_FILE}", "rename the file"))
        return LineDict(1)
    try:
        values = load_yaml(Source.from_file(file, SETTINGS_FILE).text()) or LineDict(1)
    except DecodeError as error:
        raise _broken(Problem(SETTINGS_FILE, error.line, error.what, error.remedy)) from None
    except YamlError as error:
        raise _broken(Problem(SETTINGS_FILE, error.line, f"broken YAML: {error.message}", "")) from None
    if not isinstance(values, LineDict):
        raise _broken(Problem(SETTINGS_FILE, 1, "holds no settings", "write lines such as `title: My digest`"))
    return values


def _broken(*problems: Problem) -> BuildError:
    return BuildError(
        "the settings are broken, nothing was written (`broadsheet help settings` explains each key):", problems
    )


def _without_empty(value: object, *, has_names: bool = False) -> object:
    """Drop keys without a value (`tagline:`), so that their defaults apply.

    has_names: keys are names of the user's own; one without a value (`weekly:`) has all defaults.
    """
    if isinstance(value, LineDict):
        kept = {key: item if item != "" else LineDict(1) for key, item in value.items() if has_names or item != ""}
        return {key: _without_empty(item, has_names=key == "editions") for key, item in kept.items()}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


# Sections of site.yaml, by key.
SECTIONS: dict[str, type[BaseModel]] = {
    "author": Author,
    "lists": ListDefaults,
    "release": Release,
    "images": Images,
    "feeds": Feeds,
    "newsletter": Newsletter,
    "fetch": FetchSource,
    "publish": Publishing,
    "mailing": Mailing,
    "editions": EditionSettings,
}
