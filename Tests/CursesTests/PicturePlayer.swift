import Screen
import TestSupport

@testable import Curses

/// Draws random pictures, one after another, and sends each to a model of a terminal.
struct PicturePlayer {
    /// Characters with what each column of the terminal shows of them.
    private static let characters: [(String, [String])] = [
        ("👨‍👩‍👧", ["👨", ""]), ("🇨🇳", ["C", "N"]), ("❤️", ["❤", " "]), ("e\u{301}", ["e\u{301}"]), ("क्ष", ["क्", "ष"]),
        ("1️⃣", ["1\u{20E3}", " "]),
    ]
    private static let texts =
        characters.map(\.0) + [
            "张三", "a", "ab李", "𠮷", "\u{202E}", "—“好”…", "\u{1B}[2J电", "｜ＡＢ", "房号 3-2-501", "          ", "│─╮",
            "今日 12 件  待办 3 件", "a                       b",
        ]

    private let capabilities: Capabilities
    private let measure: TextWidth
    private var theme: Theme
    private var encoder: PictureEncoder
    private var terminal: VirtualTerminal
    private var grid: Grid
    private var random: SeededRandom
    private(set) var fault: String?

    init(_ capabilities: Capabilities, _ theme: Theme, _ measure: TextWidth, seed: UInt64) {
        (self.capabilities, self.theme, self.measure) = (capabilities, theme, measure)
        random = SeededRandom(seed: seed)
        encoder = PictureEncoder(
            palette: Palette(theme: theme, exactColors: false, capabilities), measure: measure, capabilities)
        let size = Size(width: 43, height: 9)
        grid = Grid(size: size, measure: measure)
        terminal = PicturePlayer.terminal(size, measure, capabilities)
    }

    private static func terminal(_ size: Size, _ measure: TextWidth, _ capabilities: Capabilities) -> VirtualTerminal {
        var terminal = VirtualTerminal(
            size: size, measure: measure, erasesWithBackground: capabilities.erasesWithBackground)
        terminal.waitsAtEnd = !capabilities.scrollsAtEnd
        return terminal
    }

    /// Changes the picture or the terminal, shows the picture and compares.
    mutating func step() {
        switch random.below(30) {
        case 0: resize()
        case 1:
            // Other output damages the screen, and the user asks for a redraw.
            terminal.apply(Array("\u{1B}[3;5H\u{1B}[1;7m乱码\u{1B}[41m\u{1B}[Kxx".utf8))
            encoder.invalidate()
        case 2:
            theme = random.pick(Theme.all)
            encoder.palette.theme = theme
            encoder.invalidate()
        case 3...5: grid = Grid(size: grid.size, measure: measure)
        default: break
        }
        for _ in 0..<random.below(6) { draw() }
        grid.cursor = random.below(2) == 0 ? nil : Point(x: random.below(50), y: random.below(12))
        terminal.apply(encoder.encode(grid, on: terminal.size))
        compare()
    }

    /// The grid and the terminal differ in size for a moment when a window is resized.
    private mutating func resize() {
        let size = Size(width: 1 + random.below(60), height: 1 + random.below(12))
        terminal = PicturePlayer.terminal(size, measure, capabilities)
        if random.below(3) > 0 { grid = Grid(size: size, measure: measure) }
    }

    private mutating func draw() {
        let rect = Rect(
            x: random.below(50) - 5, y: random.below(12) - 2, width: random.below(40), height: random.below(4))
        let attributes = Attributes(rawValue: UInt8(random.below(4) == 0 ? random.below(32) : 0))
        let style = Style(
            random.pick(Tone.allCases), on: random.below(3) > 0 ? nil : random.pick(Ground.allCases), attributes)
        switch random.below(10) {
        case 0: grid.clear(rect, style: style)
        case 1: grid.restyle(rect) { $0.ground = style.ground ?? .plain }
        case 2: grid.box(rect, style: style)
        default: grid.put(random.pick(PicturePlayer.texts), at: rect.origin, style: style, maxWidth: rect.width)
        }
    }

    private mutating func compare() {
        if !terminal.errors.isEmpty { fault = "\(terminal.errors)" }
        if terminal.hasScrolled { fault = "the screen scrolled" }
        let cursor = grid.cursor.flatMap { grid.bounds.contains($0) && Rect(terminal.size).contains($0) ? $0 : nil }
        if !capabilities.hideCursor.isEmpty, terminal.showsCursor != (cursor != nil) { fault = "cursor" }
        if let cursor, terminal.cursor != cursor { fault = "cursor at \(terminal.cursor), not \(cursor)" }
        for y in 0..<min(terminal.size.height, grid.size.height) {
            var x = 0
            while x < min(terminal.size.width, grid.size.width) {
                let cell = grid[x, y]
                // If the terminal is narrower than the grid, a wide character at its edge is a blank.
                let shown = x + Int(cell.width) > terminal.size.width ? [" "] : columns(cell)
                for (offset, text) in shown.enumerated() { check(text, cell.style, x + offset, y) }
                x += Int(cell.width)
            }
        }
    }

    /// What the terminal shows in each column of a cell.
    private func columns(_ cell: Screen.Cell) -> [String] {
        let text = cell.text
        if let known = PicturePlayer.characters.first(where: { $0.0 == text }) { return known.1 }
        return [text] + (cell.width == 2 ? [""] : [])
    }

    private mutating func check(_ text: String, _ style: Style, _ x: Int, _ y: Int) {
        // A terminal that would scroll keeps its last cell empty.
        if capabilities.scrollsAtEnd, y == terminal.size.height - 1, x >= terminal.size.width - 2 { return }
        let shown = terminal[x, y]
        var wanted = look(style)
        var look = shown.look
        let marks: Attributes = [.underline, .reverse]
        if text == " ", wanted.attributes.isDisjoint(with: marks) {
            (wanted.foreground, look.foreground) = (-1, -1)
            (wanted.attributes, look.attributes) = ([], look.attributes.intersection(marks))
        }
        if shown.text == text, look == wanted { return }
        fault =
            "at \(x), \(y): “\(shown.text)” \(shown.look), not “\(text)” \(wanted)\n\(grid)\n\n\(terminal.lines.joined(separator: "\n"))"
    }

    private func look(_ style: Style) -> VirtualTerminal.Look {
        let appearance = theme.appearance(of: style, depth: capabilities.depth)
        var attributes = appearance.attributes.intersection(
            capabilities.attributes.reduce(into: []) { $0.formUnion($1.0) })
        let base = capabilities.depth == .direct ? VirtualTerminal.direct : 0
        func number(_ color: Int) -> Int { color < 0 ? -1 : base + color }
        let (foreground, background) = (number(appearance.foreground), number(appearance.background))
        if foreground >= 0 || background >= 0 { attributes.subtract(capabilities.colorless) }
        return VirtualTerminal.Look(foreground: foreground, background: background, attributes: attributes)
    }
}
