/* The phone's page, alive; it works without this script. It fills the same elements, by textContent alone, keeps what
 * people write until the laptop has it on its disk, and follows the café, with nothing that plain HTTP does not have. */

const $ = (id) => document.getElementById(id);
const [root, box, form, leave] = [$("cafe"), $("text"), $("write"), $("leave")];
const fields = [leave, ...document.querySelectorAll("#feedback textarea")];
const said = JSON.parse(root.dataset.said);
const { home = "/c", device } = root.dataset; // the page's own address; a table's device keeps no ideas
const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);

/** A sentence that counts, of which there is a form for each plural. */
const say = (forms, n) => (forms[plurals.select(n)] ?? forms.other).replace("{n}", n);

function put(texts) {
  for (const [id, text] of Object.entries(texts)) if ($(id) && $(id).textContent !== text) $(id).textContent = text;
}
