import { useEffect, useRef, useState } from "preact/hooks";
import type { TableField } from "../../../backend/contract/connections.ts";
import type { TargetView } from "../../../backend/contract/targets.ts";
import { createPageClient } from "../../api/page-client.ts";
import { isFieldName } from "../../capture/vocabulary.ts";
import { refreshTargets } from "../local/refresh-targets.ts";
import { popupWords } from "../words/popup.ts";

export type AddColumnProps = {
	target: TargetView;
	online: boolean;
	/** The field that fills the new column from now on. */
	onAdded: (fieldName: string) => void;
	onClose: () => void;
};

type Columns = readonly TableField[] | "reading" | { failed: string };

/**
 * The table's columns that nothing is mapped to yet. The one that is chosen gets a field of its own to be filled by hand, in this record and
 * in every later one: the server is told, and the form follows.
 */
export function AddColumn({ target, online, onAdded, onClose }: AddColumnProps) {
	const [columns, setColumns] = useState<Columns>("reading");
	const list = useRef<HTMLDivElement>(null);
	useEffect(() => {
		let left = false;
		readColumns(target).then(
			(found) => !left && setColumns(found),
			(error: unknown) => !left && setColumns({ failed: error instanceof Error ? error.message : "" }),
		);
		return () => {
			left = true;
		};
	}, [target.id]);
	useEffect(() => list.current?.querySelector("button")?.focus(), [Array.isArray(columns)]);
	const choose = async (column: TableField) => {
		setColumns("reading");
		const from = fieldNameFor(column, target);
		try {
			await createPageClient().changeTarget(target.id, { mapping: [...target.mapping, { from, to: column.id }] });
			await refreshTargets();
			onAdded(from);
		} catch (error) {
			setColumns({ failed: error instanceof Error ? error.message : "" });
		}
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		event.preventDefault();
		onClose();
	};
	return (
		<div ref={list} class="add-columns" role="group" aria-label={popupWords.addColumn} onKeyDown={onKeyDown}>
			<p class="muted" role="status">
				{sentence(columns, { target, online })}
			</p>
			{Array.isArray(columns) &&
				columns.map((column: TableField) => (
					<button type="button" class="chip add-column" key={column.id} onClick={() => void choose(column)}>
						{column.name}
					</button>
				))}
		</div>
	);
}

function sentence(columns: Columns, { target, online }: Pick<AddColumnProps, "target" | "online">): string {
	if (!online) return popupWords.columnsOffline(target.tableName);
	if (columns === "reading") return popupWords.addingColumn;
	if ("failed" in columns) return popupWords.columnsFailed(columns.failed);
	return columns.length === 0 ? popupWords.noMoreColumns(target.tableName) : "";
}

/** Those that can be filled and that no field and no fixed value fills yet, in the table's order. */
async function readColumns({
	connectionId,
	containerId,
	tableId,
	mapping,
	constants,
}: TargetView): Promise<TableField[]> {
	const tables = await createPageClient().connectionTables(connectionId);
	const table = tables.find(({ id, container }) => id === tableId && container.id === containerId);
	const filled = new Set([...mapping, ...(constants ?? [])].map(({ to }) => to));
	return (table?.fields ?? []).filter(
		({ id, writable, type }) => writable && type !== "unsupported" && !filled.has(id),
	);
}

/**
 * A name for what a person writes into the column: its own, unless that is what extractors write, which would fill it by itself, or is
 * taken.
 */
export function fieldNameFor({ name }: Pick<TableField, "name">, { mapping }: Pick<TargetView, "mapping">): string {
	const plain = name.trim().slice(0, 120) || "column";
	const taken = (one: string) => isFieldName(one) || mapping.some(({ from }) => from === one);
	let made = plain;
	for (let number = 2; taken(made); number += 1) made = `${plain} ${number}`;
	return made;
}
