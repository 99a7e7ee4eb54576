/** As much of a probe as is written down for people. */
type Listed = { name: string; tries: string; promised: string };
type ListedGroup = { title: string; requirement: string; probes: readonly Listed[] };

/** Probes as tables of a document, under its head. */
export function renderedProbes(head: string, groups: readonly ListedGroup[]): string {
	const count = groups.reduce((sum, { probes }) => sum + probes.length, 0);
	return [head, `${count} attacks.\n`, ...groups.map(renderedGroup)].join("\n");
}

function renderedGroup({ title, requirement, probes }: ListedGroup): string {
	const rows = probes.map(({ name, tries, promised }) => `| ${[name, tries, promised].map(cell).join(" | ")} |`);
	return [
		`## ${title} (${requirement})\n`,
		"| Attack | What it tries | The answer |",
		"|---|---|---|",
		...rows,
		"",
	].join("\n");
}

function cell(text: string): string {
	return text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}
