"""Styles put together at random."""

from __future__ import annotations

from random import Random

from tests.renderings.styles.registry import STYLES, compatible


def combine(rng: Random, most: int = 5) -> str:
    """Two to `most` styles that go together, joined by "+"."""
    wanted = rng.randint(2, most)
    names = sorted(STYLES)
    rng.shuffle(names)
    chosen: tuple[str, ...] = ()
    if rng.random() < 0.3:
        chosen = (next(name for name in names if "text" in STYLES[name].groups),)
    mutations = sum(STYLES[name].mutates for name in chosen)
    for name in names:
        if len(chosen) == wanted:
            break
        if mutations and STYLES[name].mutates:
            continue
        if compatible((*chosen, name)):
            chosen = (*chosen, name)
            mutations += STYLES[name].mutates
    return "+".join(sorted(chosen))
