/**
 * Icons on a 16 px grid, drawn for this project: one path each, stroked in the colour of the text around them. They are decoration
 * and hidden from assistive technology; the word beside an icon says what it means.
 */
const paths = {
	alert: "M8 2.5 14.2 13.5H1.8ZM8 6.6v3.2M8 11.8v.01",
	archive: "M2 3h12v3H2ZM3 6v7.5h10V6M6.5 9h3",
	arrow: "M8 12.5v-9M4.5 7 8 3.5 11.5 7",
	back: "M9.5 3.5 5 8l4.5 4.5",
	check: "M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M5.5 8.2l1.8 1.8 3.3-3.8",
	close: "m4 4 8 8M12 4l-8 8",
	cloud: "M4.5 12.5h6.8a2.7 2.7 0 0 0 .4-5.4A4 4 0 0 0 4 6.6a3 3 0 0 0 .5 5.9Z",
	copy: "M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3",
	device: "M3.5 3h9v7h-9ZM1.5 12.8h13",
	down: "m4 6 4 4 4-4",
	download: "M8 2.5V10M5 7.2 8 10.2l3-3M3 13.5h10",
	external: "M6 4H3.5v8.5H12V10M9 3h4v4M13 3 7.5 8.5",
	forward: "M3 8h10M9 4l4 4-4 4",
	gear: "M8 5.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4",
	chart: "M2.5 2.5v11h11M5.5 11V8.5M8.5 11V5M11.5 11V7",
	globe: "M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M2.5 8h11M8 2.5c-4 3.7-4 7.3 0 11M8 2.5c4 3.7 4 7.3 0 11",
	half: "M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M8 2.5v11M8 5h2.6M8 8h5M8 11h2.6",
	hollow: "M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0",
	home: "M2.5 7.5 8 2.8l5.5 4.7M4 6.5v7h8v-7",
	image: "M2.5 3h11v10h-11ZM2.5 11 6 7.5 9 10.5l1.5-1.5 3 3M10.5 6v.01",
	key: "M2.5 11a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M6.8 9.2l6.2-6.2M10.4 5.6l2.1 2.1",
	link: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.8-.8",
	list: "M5.5 4H14M5.5 8H14M5.5 12H14M2.2 4v.01M2.2 8v.01M2.2 12v.01",
	more: "M3.5 8v.01M8 8v.01M12.5 8v.01",
	offline: "M2 2l12 12M5.2 5.4A3.9 3.9 0 0 0 4 6.6a3 3 0 0 0 .5 5.9h7M7 4.3a4 4 0 0 1 4.7 2.8 2.7 2.7 0 0 1 2 4.2",
	page: "M3.5 2h6l3 3v9h-9ZM9.5 2v3h3M6 8.5h4M6 11h4",
	pause: "M5.5 3.5v9M10.5 3.5v9",
	pencil: "M2.8 13.2 3.5 10.3 10.8 3 13 5.2 5.7 12.5ZM9.3 4.5l2.2 2.2",
	people:
		"M6 7.6a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M1.8 13c.3-2.3 1.9-3.5 4.2-3.5s3.9 1.2 4.2 3.5M10.5 3.4a2.2 2.2 0 0 1 0 4.1M11.8 9.8c1.4.5 2.2 1.6 2.4 3.2",
	person: "M8 8.2a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6M2.8 14c.4-2.6 2.5-4 5.2-4s4.8 1.4 5.2 4",
	play: "M5 3.2v9.6L12.5 8Z",
	plug: "M6 2v3M10 2v3M4 5h8v2.5a4 4 0 0 1-8 0ZM8 11.5V14",
	plus: "M8 3v10M3 8h10",
	search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.3 10.3l3.4 3.4",
	table: "M2 3h12v10H2ZM2 6.3h12M6.5 6.3V13M2 9.6h12",
	terminal: "m3 4.5 3.5 3.5L3 11.5M8.5 12H13",
	tick: "M3 8.5 6.5 12 13 4.5",
	undo: "M5.5 3 2.5 6l3 3M2.5 6h7a3.8 3.8 0 0 1 0 7.5H6",
	trash: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
	return (
		<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
			<path d={paths[name]} />
		</svg>
	);
}

/** The mark: a bound sheaf, three lines tied by one short bar. */
export function Mark() {
	return (
		<svg class="icon mark" viewBox="0 0 16 16" aria-hidden="true">
			<path d="M3.2 2c.6 3.4 2.3 5 2.3 6s-1.1 3-1.6 6M8 2v12M12.8 2c-.6 3.4-2.3 5-2.3 6s1.1 3 1.6 6M4.6 8h6.8" />
		</svg>
	);
}
