"""How the notebooks reach a run, and how their pictures look.

The database is the one that CROSSBOOK_DB names (postgresql://user@host:port/name, with the password in PGPASSWORD), else the
embedded one of ./crossbook, whose data directory CROSSBOOK_DATA names (default: .crossbook at the top of the repository). It must
be running: ./crossbook demo and ./crossbook serve keep it so.
"""
import os
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

RUN = os.environ.get("CROSSBOOK_RUN", "demo")

plt.rcParams.update({
    "figure.figsize": (10, 4),
    "figure.constrained_layout.use": True,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#e3e3de",
    "axes.prop_cycle": plt.cycler(color=["#2f5d9b", "#c2742e", "#2c8c6c", "#a3466f", "#6a6fc0", "#8a7a2b", "#3b93a8", "#7b5a45"]),
})


def _url():
    named = os.environ.get("CROSSBOOK_DB")
    if named:
        return named
    data = Path(os.environ.get("CROSSBOOK_DATA", Path(__file__).resolve().parent.parent / ".crossbook"))
    postgres = data / "postgres"
    try:
        port = int((postgres / "data" / "postmaster.pid").read_text().splitlines()[3])
        password = (postgres / "password").read_text().strip()
    except FileNotFoundError:
        raise SystemExit(f"no database runs in {data}: start one with ./crossbook serve") from None
    return URL.create("postgresql+psycopg2", "crossbook", password, "127.0.0.1", port, "crossbook")


_engine = create_engine(_url())


def read(sql, **parameters):
    """The answer of a query as a frame; :run stands for the run.

    Decimals become floats here, for pictures: what must be exact is computed by the database.
    """
    with _engine.connect() as connection:
        frame = pd.read_sql(text(sql), connection, params={"run": RUN, **parameters}, coerce_float=True)
    if frame.empty:
        raise SystemExit(f"run {RUN!r} has no rows for: {' '.join(sql.split())[:120]}")
    return frame
