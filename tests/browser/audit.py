"""What is asked of a page as it stands: axe-core with nothing left open, targets for fingers, nothing past the edge."""

from typing import Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

TARGET: Final = 44
"""The least width and height, in CSS pixels, of what a finger should hit."""

# Contrast of 7:1 (the "enhanced" rule) and the size of targets are off unless asked for.
OPTIONS: Final = {
    "resultTypes": ["violations", "incomplete"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
AUDIT: Final = """async ([options, least]) => {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement; // innerWidth grows with what is too wide
  const { violations, incomplete } = await axe.run(document, options);
  for (const [kind, list] of Object.entries({ violations, incomplete }))
    for (const { id, nodes } of list)
      for (const { html, failureSummary } of nodes) found.push(`${kind} ${id}: ${html} ${failureSummary}`);
  for (const each of document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary")) {
    const label = each.matches("[type=radio], [type=checkbox]") ? each.closest("label") : each;
    const { width, height, right } = label.getBoundingClientRect();
    if (!width) continue;
    if (width < least || height < least) found.push(`small ${width} x ${height}: ${each.outerHTML}`);
    if (Math.floor(right) > clientWidth) found.push(`past the edge at ${right}: ${each.outerHTML}`);
  }
  if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}`);
  return found;
}"""


async def audit(page: Page) -> list[str]:
    """What is wrong with a page, or cannot be told to be right; [] for nothing."""
    if not await page.evaluate("Boolean(globalThis.axe)"):
        await page.evaluate(AXE_SCRIPT)
    return list(await page.evaluate(AUDIT, [OPTIONS, TARGET]))


# ------------------------------------------------------------------------------------------------ at its limits

# Text spaced as somebody may need it (WCAG 1.4.12): the page's own rules allow no other style, a constructed one is.
SPACING: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# Letters twice as large, as somebody has set them: the café's name is read by words, and the box is not pushed away.
LARGE: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 34px !important }");
  document.adoptedStyleSheets = [sheet];
  const top = document.querySelector(".top")?.offsetHeight ?? 0;
  return top > 240 ? [`${top} pixels are taken by what stands on top`] : [];
}"""
PAST: Final = """() => {
  const { clientWidth } = document.documentElement;
  const past = [...document.querySelectorAll("body *")].filter((each) => {
    const { width, right } = each.getBoundingClientRect();
    return width > 1 && Math.floor(right) > clientWidth;
  });
  return past.map((each) => `past the edge: ${each.outerHTML.slice(0, 200)}`);
}"""
MOVING: Final = "() => document.getAnimations().map((each) => `moves: ${each.animationName}`)"
# What stands out by its background alone is gone where people choose the colours: it must have an edge as well.
TINTED: Final = """() => {
  const paint = (each) => getComputedStyle(each).backgroundColor;
  const clear = "rgba(0, 0, 0, 0)";
  for (const each of document.querySelectorAll("main *")) {
    let under = each.parentElement;
    while (under && paint(under) === clear) under = under.parentElement;
    if (each.checkVisibility() && paint(each) !== clear && paint(each) !== paint(under)) each.dataset.tinted = "";
  }
}"""
EDGELESS: Final = """() => {
  const found = [];
  for (const each of document.querySelectorAll("[data-tinted]")) {
    const { borderInlineStartStyle: style, borderInlineStartWidth: width } = getComputedStyle(each);
    if (style !== "none" && parseFloat(width)) continue;
    found.push(`no edge in forced colours: ${each.outerHTML.slice(0, 120)}`);
  }
  const chosen = document.querySelector("button[aria-current=true]");
  const other = chosen?.parentElement.querySelector("button:not([aria-current=true])");
  const looks = (each) => getComputedStyle(each).backgroundColor;
  if (other && looks(chosen) === looks(other)) found.push(`as the others in forced colours: ${chosen.outerHTML}`);
  return found;
}"""


async def limits(page: Page) -> list[str]:
    """What does not hold on a page at 400 %, widely spaced, with letters of twice their size, without motion, in forced
    colours; [] for all holds.
    """
    await page.set_viewport_size({"width": 320, "height": 256})
    await page.emulate_media(reduced_motion="reduce", color_scheme="light")
    found: list[str] = await page.evaluate(PAST) + await page.evaluate(MOVING)
    await page.evaluate(SPACING)
    found += [f"widely spaced, {it}" for it in await page.evaluate(PAST)]
    found += [f"in large letters, {it}" for it in await page.evaluate(LARGE) + await page.evaluate(PAST)]
    await page.evaluate("document.adoptedStyleSheets = []")
    await page.evaluate(TINTED)
    await page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found += await page.evaluate(EDGELESS)
    await page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return found
