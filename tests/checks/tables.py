"""Random tables of requests and remedies whose sums are right, for the forms of 2019 and 2021."""

from __future__ import annotations

from hypothesis import strategies as st

NATURAL_TO_OTHER = (
    "natural_person", "commercial_enterprise", "research_institution", "public_interest_organization",
    "legal_service_institution", "other_organization",
)  # fmt: skip
COLUMNS = (*NATURAL_TO_OTHER, "total")
OUTCOMES = (
    "granted", "partially_granted",
    "denied_state_secret", "denied_prohibited_by_law", "denied_security_and_stability",
    "denied_third_party_rights",
    "denied_internal_affairs", "denied_process_information", "denied_enforcement_case_file",
    "denied_administrative_inquiry",
    "unable_not_held", "unable_needs_creation", "unable_still_unclear",
    "not_processed_petition", "not_processed_repeat", "not_processed_publication", "not_processed_excessive",
    "not_processed_reconfirmation",
)  # fmt: skip
OTHER = {
    "f2021": ("other_not_supplemented", "other_fee_unpaid", "other_remaining"),
    "f2019": ("other_handling",),
}
BALANCE = ("newly_received", "carried_over_in", "total_handled", "carried_over_out")
REMEDIES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending")

Cells = dict[str, int]


@st.composite
def consistent(draw: st.DrawFn, form: str = "f2021", other: tuple[str, ...] | None = None) -> Cells:
    """Every cell of the two tables, all sums right; `other` are the rows of the group of other handling."""
    numbers = st.integers(0, 60) | st.integers(0, 10**12)
    rows = (*OUTCOMES, *(OTHER[form] if other is None else other))
    table: dict[str, dict[str, int]] = {name: {} for name in (*BALANCE[:2], *rows, *BALANCE[2:])}
    for column in NATURAL_TO_OTHER:
        for row in rows:
            table[row][column] = draw(numbers)
        table["total_handled"][column] = sum(table[row][column] for row in rows)
        table["carried_over_out"][column] = draw(numbers)
        both = table["total_handled"][column] + table["carried_over_out"][column]
        table["carried_over_in"][column] = draw(st.integers(0, both))
        table["newly_received"][column] = both - table["carried_over_in"][column]
    for values in table.values():
        values["total"] = sum(values.values())
    cells = {f"requests.{row}.{column}": table[row][column] for row in table for column in COLUMNS}
    for row in REMEDIES:
        parts = {f"remedies.{row}.{result}": draw(numbers) for result in RESULTS}
        cells |= parts | {f"remedies.{row}.total": sum(parts.values())}
    return cells
