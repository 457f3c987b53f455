"""The database that tests begin with is there again after one that commits."""

import pytest

from athletes.models import User
from planning.models import RecipeIngredient
from tests.first_database import wait_for_name


@pytest.mark.core
@pytest.mark.django_db(transaction=True)
def test_what_was_committed_and_deleted_is_undone_by_renewing(django_db_setup):
    ingredients = RecipeIngredient.objects.count()
    User.objects.create_user("left@example.com", "correct horse battery")
    RecipeIngredient.objects.all().delete()
    django_db_setup.renew()
    assert (User.objects.count(), RecipeIngredient.objects.count()) == (0, ingredients)
    assert ingredients > 1000


def test_a_database_that_could_not_be_made_is_told_with_its_cause(tmp_path):
    (tmp_path / "first.txt").touch()
    (tmp_path / "first.log").write_text("no space left on the device")
    with pytest.raises(RuntimeError, match="no space left on the device"):
        wait_for_name(tmp_path / "first.txt")


def test_the_name_of_a_database_that_was_made_is_read(tmp_path):
    (tmp_path / "first.txt").write_text("first_7")
    assert wait_for_name(tmp_path / "first.txt") == "first_7"
