"""What tests of pages about the organisation share with those of cases."""

from ..incidents.conftest import sign_in  # noqa: F401 (a fixture)
