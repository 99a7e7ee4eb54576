import { useEffect, useRef, useState } from "preact/hooks";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { Button } from "../parts/button.tsx";
import { lazy } from "../parts/lazy.tsx";
import { popupWords } from "../words/popup.ts";
import type { AddColumnProps } from "./add-column.tsx";

const AddColumn = lazy<AddColumnProps>(async () => (await import("./add-column.tsx")).AddColumn);

/** The way to columns of the table that no field fills yet. */
export function MoreColumns({ target, online }: { target: TargetView; online: boolean }) {
	const [isOpen, setOpen] = useState(false);
	const [added, setAdded] = useState<string | null>(null);
	const place = useRef<HTMLDivElement>(null);
	const close = () => setOpen(false);
	// The new line comes with the next drawing of the form: the typing goes on in it.
	useEffect(() => {
		const input = added === null ? null : document.getElementById(`field-${added}`);
		if (!input) return;
		input.focus();
		setAdded(null);
	});
	return (
		<div class="more-columns" ref={place}>
			{isOpen ? (
				<AddColumn
					target={target}
					online={online}
					onAdded={(name) => {
						setAdded(name);
						close();
					}}
					onClose={close}
				/>
			) : (
				<Button look="link" icon="plus" onPress={() => setOpen(true)}>
					{popupWords.addColumn}
				</Button>
			)}
		</div>
	);
}
