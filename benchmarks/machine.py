"""What the figures were measured on."""

import os
import platform
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["blas_kernel", "machine"]


def machine() -> str:
    """One line: processor, cores, NumPy, BLAS and its kernel."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ]
        model = names[0] if names else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{model}, {cores} cores; Python {platform.python_version()}, NumPy {np.__version__}, {blas_kernel()}"
    )


def blas_kernel() -> str:
    """The BLAS that NumPy uses, and which kernel it chose for this processor."""
    try:
        threadpoolctl: Any = import_module("threadpoolctl")
    except ImportError:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return f"{blas['name']} {blas['version']}"
    for library in threadpoolctl.threadpool_info():
        if library["user_api"] == "blas":
            return (
                f"{library['internal_api']} {library['version']}, kernel {library.get('architecture', '?')}"
            )
    return "BLAS unknown"
