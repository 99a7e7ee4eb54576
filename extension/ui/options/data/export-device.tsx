import { dataWords as words } from "../../words/data.ts";
import { Deed } from "../deed.tsx";
import { useExport } from "./export-menu.tsx";

/** The records on this device as a file, for a guest or without a network. */
export function ExportDevice() {
	const { said, problem, menu } = useExport();
	return (
		<Deed title={words.device} body={words.deviceBody} said={said} problem={problem}>
			{menu}
		</Deed>
	);
}
