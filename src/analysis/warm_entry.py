"""What papermill finds by the name `ipreport-warm`: whoever only imports papermill does not import all of ours."""


class Entry:
    """The engine of ``warm_engine``, imported when it is used."""

    @classmethod
    def _engine(cls):
        from analysis.warm_engine import WarmEngine

        return WarmEngine

    @classmethod
    def execute_notebook(cls, *arguments, **options):
        """Run a notebook; see ``WarmEngine``."""
        return cls._engine().execute_notebook(*arguments, **options)

    @classmethod
    def nb_kernel_name(cls, *arguments, **options):
        """The kernel that a notebook names."""
        return cls._engine().nb_kernel_name(*arguments, **options)

    @classmethod
    def nb_language(cls, *arguments, **options):
        """The language that a notebook is in."""
        return cls._engine().nb_language(*arguments, **options)
