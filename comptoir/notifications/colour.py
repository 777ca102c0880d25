"""An office's colour for mail programs, which know hexadecimal only: OKLCH to sRGB by Björn Ottosson's matrices."""

from __future__ import annotations

import math

LIGHTNESS = 0.485  # of the accent by day, on which white can be read in every hue
CHROMA_STEP = 0.005


def accent_hex(hue: float, chroma: float, *, lightness: float = LIGHTNESS) -> str:
    """`#1f5fd6`; with less chroma where the screen cannot show as much."""
    while True:
        channels = _linear(lightness, chroma, math.radians(hue))
        if chroma <= 0 or all(-0.0005 <= value <= 1.0005 for value in channels):  # noqa: PLR2004 -- within rounding
            return "#" + "".join(f"{round(255 * _gamma(value)):02x}" for value in channels)
        chroma = max(0.0, chroma - CHROMA_STEP)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _gamma(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055  # noqa: PLR2004 -- sRGB's own
