"""What every template has at hand: numbers as the design language rounds them, icons, links, keys of forms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.template.defaultfilters import date as plain_date
from django.templatetags.static import static
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext, gettext_noop

from athletes import words
from nutrition_site.kernel.clock import now, today, zone
from nutrition_site.kernel.ids import new_id
from nutrition_site.kernel.itinerary import zone_on
from nutrition_site.pages import KEY_FIELD, url_or_none

register = template.Library()
NBSP = "\u00a0"
_POINTING = frozenset({"left", "right", "out", "send", "skip"})
# How pages write days; a translation of each is a format, too ("j. F" in Serbian).
DATE_FORMATS = frozenset(
    {
        gettext_noop("j F"),
        gettext_noop("j F Y"),
        gettext_noop("j M"),
        gettext_noop("j M Y"),
        gettext_noop("j M Y, H:i"),
        gettext_noop("l, j F"),
        gettext_noop("l, j F Y"),
        gettext_noop("D j"),
        gettext_noop("D j M"),
        gettext_noop("D j M Y"),
    }
)


def left_to_right(text: str) -> str:
    """Numbers with Latin units, which a text from right to left would tear apart, as one piece of it."""
    return f"\u2066{text}\u2069" if text and get_language_bidi() else text


@register.filter(name="date", expects_localtime=True, is_safe=False)
def date_in_words(value: Any, form: str | None = None) -> Any:
    """Django's own filter, with the formats of `DATE_FORMATS` as the reader's language has them."""
    return plain_date(value, gettext(form) if form in DATE_FORMATS else form)


@register.filter
def in_words(sentence: Any) -> str:
    """A sentence of ours that is kept in English, in the reader's language; any other text stays."""
    return gettext(str(sentence)) if sentence else ""


@register.filter
def kcal10(value: float | None) -> str:
    """Energy targets to the nearest ten; empty when unknown."""
    return "" if value is None else number_format(round(value, -1), 0, use_l10n=True, force_grouping=True)


@register.filter
def whole(value: float | None) -> str:
    """A whole number with digit grouping; empty when unknown."""
    return "" if value is None else number_format(round(value), use_l10n=True, force_grouping=True)


@register.filter
def liters(milliliters: float | None) -> str:
    """Milliliters as liters to one decimal; empty when unknown."""
    return "" if milliliters is None else number_format(milliliters / 1000, decimal_pos=1, use_l10n=True)


@register.filter
def plain_number(value: float | None) -> str:
    """At most two decimals, without trailing zeros: 10, 21.1; empty when unknown."""
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return number_format(text, use_l10n=True, force_grouping=True)


@register.filter
def signed(value: float | None, decimals: int = 0) -> str:
    """A difference with its sign: +180, −0.4, 0; empty when unknown."""
    if value is None:
        return ""
    rounded = round(value, decimals)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return sign + number_format(abs(rounded), decimals, use_l10n=True, force_grouping=True)


@register.filter
def duration(minutes: float | None) -> str:
    """Minutes as people say them: 45 min, 1 h, 2 h 34; empty when unknown."""
    if minutes is None:
        return ""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return left_to_right(f"{rest}{NBSP}min")
    return left_to_right(f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else ""))


@register.filter
def clock_time(moment: datetime | None, zone_name: str = "UTC") -> str:
    """The time of day where the athlete is, 24 hours: 06:58."""
    return "" if moment is None else moment.astimezone(zone(zone_name)).strftime("%H:%M")


@register.filter
def place(zone_name: str) -> str:
    """A time zone as a place: Argentina/Buenos Aires, New York."""
    return zone_name.partition("/")[2].replace("_", " ") or zone_name


@register.filter
def away_on(athlete: Any, day: date) -> str:
    """The place of a day in another time zone than at home; empty at home."""
    here = zone_on(athlete.zones, day).key
    return "" if here == athlete.timezone else place(here)


@register.filter
def when(moment: datetime | None, zone_name: str = "UTC") -> str:
    """A moment as the athlete's calendar has it: today 06:58, Thursday 18:20, 3 March 18:20."""
    if moment is None:
        return ""
    local = moment.astimezone(zone(zone_name))
    days = (today(zone_name) - local.date()).days
    clock = local.strftime("%H:%M")
    if days == 0:
        return gettext("today %(time)s") % {"time": clock}
    if days == 1:
        return gettext("yesterday %(time)s") % {"time": clock}
    if days == -1:
        return gettext("tomorrow %(time)s") % {"time": clock}
    if -6 <= days <= 6:
        return f"{date_format(local, 'l')} {clock}"
    return f"{date_format(local, gettext('j F'))} {clock}"


@register.filter
def sport_name(sport: str) -> str:
    """What people call a sport id; empty when unknown."""
    return words.sport_name(sport) if sport else ""


@register.filter
def field_name(name: str) -> str:
    """What people call a column of a session."""
    return words.FIELD_NAMES.get(name, name.replace("_", " "))


@register.filter
def long_day(day: Any) -> str:
    """Saturday, 27 March."""
    return "" if day is None else date_format(day, gettext("l, j F"))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "check" %}`: an icon of the sprite; with a label it is an image with a name, else decoration.

    One that points along the text points the other way where text runs from right to left.
    """
    sprite = static("img/icons.svg")
    kind = "i turned" if name in _POINTING and get_language_bidi() else "i"
    if label:
        form = '<svg class="{}" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>'
        return format_html(form, kind, label, sprite, name)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', kind, sprite, name)


@register.simple_tag
def made_at(zone_name: Any = "") -> str:
    """The moment at which the page is made, in words that are still right when it is read later: 3 March 18:20."""
    local = now().astimezone(zone(str(zone_name) if zone_name else "UTC"))
    return f"{date_format(local, gettext('j F'))} {local:%H:%M}"


@register.simple_tag
def url_or(name: str, *args: Any) -> str:
    """`{% url_or "recipes" as link %}`: the address of a page, empty where there is no such page."""
    return url_or_none(name, *args) or ""


@register.simple_tag
def form_key() -> SafeString:
    """The hidden key by which a form that is sent twice has one effect."""
    return format_html('<input type="hidden" name="{}" value="{}">', KEY_FIELD, new_id("frm"))


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: "radio", "checks", "check", "select", "textarea" or "input"."""
    widget = field.field.widget
    kinds = (
        (CheckboxSelectMultiple, "checks"),
        (RadioSelect, "radio"),
        (CheckboxInput, "check"),
        (Select, "select"),
        (Textarea, "textarea"),
    )
    return next((name for cls, name in kinds if isinstance(widget, cls)), "input")


@register.simple_tag
def lap_line(key: str, eaten_lap: str, planned_lap: str) -> SafeString:
    """A lane of the track laid out straight: pale as far as planned, solid as far as eaten, percent of the target."""
    return format_html(
        '<svg class="bar thin" aria-hidden="true"><rect class="f-sunken" width="100%" height="6"/>'
        '<rect class="f-{key}-t" width="{planned}%" height="6"/>'
        '<rect class="f-{key}" width="{eaten}%" height="6"/></svg>',
        key=key,
        planned=planned_lap,
        eaten=eaten_lap,
    )


@register.simple_tag
def measure_bar(target: float | None, planned: float | None, eaten: float | None = None, key: str = "") -> Any:
    """Planned and eaten against a target, on a line as long as the largest of them, with the target as a mark on it.

    `key` names the color of what is measured: carb, protein, fat, fluid; what has none is drawn in shades of ink.
    Decoration: the numbers stand beside it. Nothing is drawn where the target or both amounts are unknown.
    """
    amounts = [amount for amount in (planned, eaten) if amount is not None]
    if not target or not amounts:
        return ""
    full = max(target, *amounts)
    rows = [(f"f-{key}-t" if key else "f-h1", planned), (f"f-{key}" if key else "f-h3", eaten)]
    bars = format_html_join(
        "",
        '<rect class="{}" y="2" width="{}%" height="6"/>',
        ((shade, f"{100 * amount / full:.1f}") for shade, amount in rows if amount),
    )
    mark = f"{100 * target / full:.1f}"
    return format_html(
        '<svg class="measure" aria-hidden="true"><rect class="f-sunken" y="2" width="100%" height="6"/>{}'
        '<line class="l-target" x1="{}%" x2="{}%" y1="0" y2="10"/></svg>',
        bars,
        mark,
        mark,
    )


@register.simple_tag
def macro_bar(carbs_g: float | None, protein_g: float | None, fat_g: float | None, of_kcal: float | None = None) -> Any:
    """The thin energy bar of a meal: carbohydrate, protein, fat by energy, in that order (4, 4 and 9 kcal/g).

    `of_kcal` is the energy that fills the bar (the biggest meal of the day); by default the meal fills it.
    Decoration: the numbers stand beside it. Unknown macros draw nothing.
    """
    parts = [(carbs_g, 4.0, "carb"), (protein_g, 4.0, "protein"), (fat_g, 9.0, "fat")]
    energies = [(grams * factor, name) for grams, factor, name in parts if grams]
    full = of_kcal or sum(energy for energy, _ in energies)
    if not full:
        return ""
    rows, start = [], 0.0
    for energy, name in energies:
        width = min(100.0 * energy / full, 100.0 - start)
        if width > 0.05:
            rows.append((name, f"{start:.1f}", f"{max(width - 0.6, 0.1):.1f}"))
        start += width
    bars = format_html_join("", '<rect class="f-{}" x="{}%" width="{}%" height="6"/>', rows)
    return format_html('<svg class="bar thin" aria-hidden="true">{}</svg>', bars)
