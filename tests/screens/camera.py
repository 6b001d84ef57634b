"""What a phone's camera makes of the wall, and whether it still reads the code there."""

import cv2
import numpy as np

GREY = 0.6
"""How bright black is in a room with the lights on, as a share of white."""


def scanned(picture: np.ndarray) -> str:
    """What the code in a picture holds; nothing where none is read. Of two readers one is enough, as among phones."""
    for reader in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
        if text := reader.detectAndDecode(picture)[0]:
            return str(text)
    return ""


def blurred(picture: np.ndarray, sigma: float) -> np.ndarray:
    """Out of focus by so many pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma))


def smaller(picture: np.ndarray, share: float) -> np.ndarray:
    """From further away."""
    return np.asarray(cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA))


def aslant(picture: np.ndarray, share: float = 0.12) -> np.ndarray:
    """From the side: the far edge is so much lower than the near one."""
    height, width = picture.shape[:2]
    near = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    off = height * share / 2
    far = np.array([(0, 0), (width * (1 - share), off), (width * (1 - share), height - off), (0, height)], np.float32)
    return np.asarray(cv2.warpPerspective(picture, cv2.getPerspectiveTransform(near, far), (width, height)))


def washed(picture: np.ndarray) -> np.ndarray:
    """In a bright room: black is a grey."""
    return np.asarray(picture * (1 - GREY) + 255 * GREY, np.uint8)
