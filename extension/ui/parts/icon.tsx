import {
	Archive,
	ArrowRight,
	ArrowUp,
	ChartColumn,
	Check,
	ChevronDown,
	ChevronLeft,
	Circle,
	CircleCheck,
	Cloud,
	CloudOff,
	Contrast,
	Copy,
	Database,
	Download,
	Ellipsis,
	ExternalLink,
	FileText,
	Globe,
	House,
	type IconNode,
	Image as ImageIcon,
	Keyboard,
	KeyRound,
	Laptop,
	Link,
	List,
	MousePointerClick,
	Pause,
	Pencil,
	Play,
	Plug,
	Plus,
	Search,
	Settings,
	Shield,
	Table,
	Terminal,
	Trash2,
	TriangleAlert,
	Undo2,
	User,
	Users,
	X,
} from "lucide";
import { h } from "preact";

/** Icons of Lucide (lucide.dev, ISC licence), by what they mean here. Only those named here are in the build. */
const icons = {
	alert: TriangleAlert,
	archive: Archive,
	arrow: ArrowUp,
	back: ChevronLeft,
	chart: ChartColumn,
	check: CircleCheck,
	close: X,
	cloud: Cloud,
	copy: Copy,
	database: Database,
	device: Laptop,
	down: ChevronDown,
	download: Download,
	external: ExternalLink,
	forward: ArrowRight,
	gear: Settings,
	globe: Globe,
	half: Contrast,
	hollow: Circle,
	home: House,
	image: ImageIcon,
	key: KeyRound,
	keyboard: Keyboard,
	link: Link,
	list: List,
	more: Ellipsis,
	offline: CloudOff,
	page: FileText,
	pause: Pause,
	pencil: Pencil,
	people: Users,
	person: User,
	pick: MousePointerClick,
	play: Play,
	plug: Plug,
	plus: Plus,
	search: Search,
	shield: Shield,
	table: Table,
	terminal: Terminal,
	tick: Check,
	trash: Trash2,
	undo: Undo2,
} satisfies Record<string, IconNode>;

export type IconName = keyof typeof icons;

/** They point along the line, so they point the other way where lines run from the right. */
const turning: ReadonlySet<IconName> = new Set(["back", "external", "forward", "list", "undo"]);

/** Decoration, hidden from assistive technology: the word beside an icon says what it means. */
export function Icon({ name }: { name: IconName }) {
	return (
		<svg class={turning.has(name) ? "icon turning" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
			{icons[name].map(([tag, attributes]) => h(tag, attributes))}
		</svg>
	);
}

/** The mark, drawn for this project: a bound sheaf, three lines tied by one short bar. */
export function Mark() {
	return (
		<svg class="icon mark" viewBox="0 0 16 16" aria-hidden="true">
			<path d="M3.2 2c.6 3.4 2.3 5 2.3 6s-1.1 3-1.6 6M8 2v12M12.8 2c-.6 3.4-2.3 5-2.3 6s1.1 3 1.6 6M4.6 8h6.8" />
		</svg>
	);
}
