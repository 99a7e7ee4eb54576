/** A control as assistive technology is told of it. */
export type Control = { role: string; name: string };

/** Sends one DevTools command to a page: of Playwright's session or of ours. */
export type SendCommand = (method: string, params?: Record<string, unknown>) => Promise<unknown>;

type Node = { ignored: boolean; role?: { value: string }; name?: { value?: string } };

/** Roles that a person operates. Chrome's own parts of a date input have names of their own and are counted too. */
const operated = new Set([
	"button",
	"checkbox",
	"combobox",
	"DisclosureTriangle",
	"link",
	"listbox",
	"menuitem",
	"menuitemcheckbox",
	"menuitemradio",
	"radio",
	"searchbox",
	"spinbutton",
	"switch",
	"tab",
	"textbox",
]);

/** Every control of the page in the browser's own accessibility tree, in the order of the page. */
export async function readControls(send: SendCommand): Promise<Control[]> {
	const nodes = await readTree(send);
	return nodes.filter(({ role }) => operated.has(role));
}

/** Everything assistive technology is told of: what is not displayed is not in it. */
export async function readTree(send: SendCommand): Promise<Control[]> {
	const { nodes } = (await send("Accessibility.getFullAXTree")) as { nodes: Node[] };
	return nodes
		.filter((node) => !node.ignored)
		.map((node) => ({ role: node.role?.value ?? "", name: (node.name?.value ?? "").trim() }));
}
