/** Every bound of the tables in one place, as in `../limits.ts`: whatever a page holds, there is an answer. */
export const bounds = {
	/** Elements looked at while searching; what comes after them is not found. */
	elements: 50_000,
	/** Rows of one table in one document. */
	rows: 20_000,
	/** Columns of one table; the wire takes 100 fields, and some columns have a link and an image beside their text. */
	columns: 60,
	/** Characters of one cell's text and of one column's name. */
	cellChars: 2_000,
	nameChars: 80,
	/** Nodes read in one cell or card, and how deep. */
	cellNodes: 600,
	depth: 40,
	/** Items of a cell that holds a list. */
	cellItems: 40,
	/** Tables handed over, and the rows shown of each. */
	tables: 10,
	shownRows: 50,
	/** Rows by which the columns of a list are found out; the others have to fit. */
	sampleRows: 200,
	/** How long new rows are waited for after a press or a scroll, and how long a page is to be quiet to be done. */
	waitMs: 8_000,
	quietMs: 250,
	/** How long a table is waited for that its page is still drawing. */
	drawMs: 5_000,
	/** Where rows come and go: how long the next screen may take to be drawn, and the screens and rows of one `advance`. */
	drawnMs: 1_000,
	scrolls: 15,
	screenRows: 200,
} as const;
