"""Pages with the answers of a form and the notes on them, as they are printed."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium


def load_page(opened: Any, number: int) -> tuple[Any, int]:
    """A page (a raw FPDF_PAGE, None if damaged), and how many answers of a form the file does not draw."""
    page = pdfium.FPDF_LoadPage(opened, number)
    if not page or pdfium.FPDFPage_GetAnnotCount(page) <= 0:
        return page, 0
    undrawn = _undrawn(page, opened.formenv.raw) if opened.formenv is not None else 0
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT) == pdfium.FLATTEN_SUCCESS:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(opened, number)
    return page, undrawn


def _undrawn(page: Any, form: Any) -> int:
    """Fields with an answer and without a picture of it: each program draws those in its own way, or not."""
    count = 0
    for n in range(pdfium.FPDFPage_GetAnnotCount(page)):
        field = pdfium.FPDFPage_GetAnnot(page, n)
        if not field:
            continue
        try:
            # Texts end with two zero bytes.
            answered = pdfium.FPDFAnnot_GetFormFieldValue(form, field, None, 0) > 2
            drawn = pdfium.FPDFAnnot_GetAP(field, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2
            if pdfium.FPDFAnnot_GetSubtype(field) == pdfium.FPDF_ANNOT_WIDGET and answered and not drawn:
                count += 1
        finally:
            pdfium.FPDFPage_CloseAnnot(field)
    return count
