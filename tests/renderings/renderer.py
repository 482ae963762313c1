"""From figures, a form and styles to bytes with their truth."""

from __future__ import annotations

import random

from tests.renderings import compose, flattening, official, printing
from tests.renderings import figures as figure_files
from tests.renderings.model import Draft, Rendering
from tests.renderings.styles import STYLES, Style, compatible, forms_of
from tests.renderings.styles.registry import Phase

WEIGHTS = {"f2021": 6, "f2019": 3, "f2014": 1, "fujian2008": 1}
"""How often a seed stands for a form; the local annexes have tests of their own."""


def render(figures: figure_files.Figures, form: str, style: str, seed: int) -> Rendering:
    """One page. `style` is a style's name, or several joined by "+", or "official" for none.

    The same arguments always give the same bytes. Raises ValueError for styles that do not go together.
    """
    draft = prepare(figures, form, style, seed)
    page = flattening.text(draft) if draft.output == "text" else printing.page(draft)
    return finish(draft, page, seed)


def prepare(figures: figure_files.Figures, form: str, style: str, seed: int) -> Draft:
    """The page as blocks, every style applied, not yet printed."""
    names = tuple(name for name in style.split("+") if name and name != "official")
    for name in names:
        if name not in STYLES:
            raise ValueError(f"no style is called {name}")
    if not compatible(names) or form not in forms_of(names):
        raise ValueError(f"{style} cannot be printed on {form}")
    rng = random.Random(f"{figures.name}/{form}/{style}/{seed}")
    draft = Draft(figures, official.load(form), rng, names)
    chosen = sorted((STYLES[name] for name in names), key=lambda one: (one.phase, one.rank, one.name))
    if any(one.output == "text" for one in chosen):
        draft.output = "text"
    run(draft, chosen, Phase.PLAN)
    compose.compose(draft)
    for phase in (Phase.TABLE, Phase.CELL, Phase.PAGE, Phase.PRINT, Phase.BYTES):
        run(draft, chosen, phase)
    return draft


def run(draft: Draft, chosen: list[Style], phase: Phase) -> None:
    for one in chosen:
        if one.phase == phase:
            one.apply(draft)


def finish(draft: Draft, page: str, seed: int) -> Rendering:
    encode = draft.options.get("encode", lambda text: text.encode("utf-8"))
    truth = {address: one.value for address, one in draft.expected.items()}
    region = draft.figures.region_code if any(name == "SiteIDCode" for name, _ in draft.meta_tags) else None
    refusable = frozenset(draft.may_refuse & truth.keys())
    return Rendering(
        data=encode(page),
        media_type=draft.options.get("media_type", "text/html"),
        truth=truth,
        kinds={address: one.kinds for address, one in draft.expected.items()},
        must_read=frozenset(truth.keys() - refusable),
        may_refuse=refusable,
        forbidden=frozenset(draft.forbidden - truth.keys()),
        must_report=tuple(draft.must_report),
        metadata=dict(draft.metadata),
        title=draft.title,
        form=None if draft.options.get("form_uncertain") else draft.form.id,
        report_year=draft.printed_year,
        issuing_body=draft.figures.body if draft.check_body else None,
        region_code=region,
        figures=draft.figures.name,
        styles=draft.styles,
        seed=seed,
    )


def sample(style: str, seed: int) -> Rendering:
    """The rendering that a style and a seed stand for: the seed chooses the form and the figures too."""
    figures = chosen_figures(style, seed)
    return render(figures, figures.form, style, seed)


def chosen_figures(style: str, seed: int) -> figure_files.Figures:
    """The figures that a style and a seed stand for."""
    names = tuple(name for name in style.split("+") if name and name != "official")
    rng = random.Random(f"{style}/{seed}")
    forms = [form for form in forms_of(names) if form in WEIGHTS]
    weights = [WEIGHTS[form] for form in forms]
    form = rng.choices(forms, weights)[0]
    return figure_files.load(rng.choice(figure_files.names(form)))
