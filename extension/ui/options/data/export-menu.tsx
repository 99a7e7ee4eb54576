import { useState } from "preact/hooks";
import { type ExportFormat, exportRecords } from "../../../outbox/export-records.ts";
import { saveFile } from "../../local/save-file.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { recordsWords as words } from "../../words/records.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

/** Saving all of this person's records on this device as a file, those of other workspaces too: what was said of it, and the button. */
export function useExport() {
	const { outbox } = useWorld();
	const { problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const save = (format: ExportFormat) =>
		run(async () => {
			const records = await outbox.all();
			const name = words.exportName(new Date().toISOString().slice(0, 10));
			saveFile(`${name}.${format}`, exportRecords(records, format));
			setSaid(words.exported(records.length));
		});
	const entry = (format: ExportFormat) => ({ label: words.exportAs[format], onPress: () => save(format) });
	const menu = (
		<Menu class="button" entries={[entry("csv"), entry("json")]} title={words.export}>
			<Icon name="download" />
			{words.export}
		</Menu>
	);
	return { said, problem, menu };
}
