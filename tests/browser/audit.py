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
  const { violations, incomplete } = await axe.run(document, options);
  for (const [kind, list] of Object.entries({ violations, incomplete }))
    for (const { id, nodes } of list)
      for (const { html, failureSummary } of nodes) found.push(`${kind} ${id}: ${html} ${failureSummary}`);
  for (const each of document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary")) {
    const label = each.matches("[type=radio], [type=checkbox]") ? each.closest("label") : each;
    const { width, height, right } = label.getBoundingClientRect();
    if (!width) continue;
    if (width < least || height < least) found.push(`small ${width} x ${height}: ${each.outerHTML}`);
    if (right > innerWidth) found.push(`past the edge at ${right}: ${each.outerHTML}`);
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`scrolls sideways: ${scrollWidth} > ${innerWidth}`);
  return found;
}"""


async def audit(page: Page) -> list[str]:
    """What is wrong with a page, or cannot be told to be right; [] for nothing."""
    if not await page.evaluate("Boolean(globalThis.axe)"):
        await page.evaluate(AXE_SCRIPT)
    return list(await page.evaluate(AUDIT, [OPTIONS, TARGET]))
