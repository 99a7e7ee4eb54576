import { parseArgs } from "node:util";

export type Options = {
	/** Of the large side. */
	rows: number;
	workspaces: number;
	partitions: number;
	/** Measured per kind of read and side. */
	samples: number;
	/** A third side: as many rows as the large one, in tables that the move has partitioned. */
	partitioned: boolean;
	/** Prints the statements of the move and ends. */
	statements: boolean;
	/** Leaves the databases open until Ctrl-C. */
	keep: boolean;
};

/** @throws when a number is none, or the rows do not come to whole hundreds of workspaces */
export function readOptions(args: string[]): Options {
	const { values } = parseArgs({
		args,
		options: {
			rows: { type: "string", default: "10000000" },
			workspaces: { type: "string" },
			partitions: { type: "string", default: "32" },
			samples: { type: "string", default: "3000" },
			partitioned: { type: "boolean", default: false },
			statements: { type: "boolean", default: false },
			keep: { type: "boolean", default: false },
		},
	});
	const rows = wholeNumber("rows", values.rows);
	const workspaces = wholeNumber("workspaces", values.workspaces ?? String(Math.round(rows / 1_000)));
	if (workspaces % 100 !== 0) throw new Error("--workspaces takes whole hundreds: each hundred has the same sizes.");
	return {
		rows,
		workspaces,
		partitions: wholeNumber("partitions", values.partitions),
		samples: wholeNumber("samples", values.samples),
		partitioned: values.partitioned,
		statements: values.statements,
		keep: values.keep,
	};
}

function wholeNumber(name: string, text: string): number {
	const value = Number(text.replaceAll("_", ""));
	if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number above 0.`);
	return value;
}
