"""Sheets of a paper as pictures."""

import io

import pytest
from PIL import Image

from reports import pdf
from reports.pictures import WIDEST, NoSuchPage, page_count, page_picture
from tests.reports.papers import WIDE, order

DRAWN = pdf.draw(order(2, WIDE))


def test_each_sheet_is_a_picture_of_the_asked_width():
    pictures = [Image.open(io.BytesIO(page_picture(DRAWN, page, 400))) for page in (1, 2)]

    assert page_count(DRAWN) == 2
    assert [picture.size for picture in pictures] == [(400, 566), (400, 283)]
    assert {picture.getextrema()[1] for picture in pictures} == {255}
    assert all(picture.getextrema()[0] < 100 for picture in pictures)


def test_no_picture_is_wider_than_a_screen():
    assert Image.open(io.BytesIO(page_picture(DRAWN, 1, 10**6))).width == WIDEST


@pytest.mark.parametrize("page", [0, -1, 3])
def test_a_sheet_that_is_not_there_is_refused(page):
    with pytest.raises(NoSuchPage):
        page_picture(DRAWN, page, 400)
