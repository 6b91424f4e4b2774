import CNcurses
import Screen

/// Maps styles to ncurses attributes and colour pairs, which are allocated on first use.
struct Palette {
    /// The ncurses attributes and colour pair of a style.
    struct Entry {
        var attributes: UInt32
        var pair: Int32
        var background: Int
        /// Whether attributes are visible on a blank (underline, reverse).
        var marksBlanks: Bool
    }

    private struct Pair: Hashable {
        var foreground: Int
        var background: Int
    }

    var theme: Theme {
        didSet { entries = [:] }
    }
    let depth: ColorDepth
    /// Whether palette entries 16…255 are redefined to the theme's exact colours.
    let isExact: Bool
    private var entries: [Style: Entry] = [:]
    private var pairs: [Pair: Int32] = [:]
    private var colors: [Int: Int] = [:]

    /// A palette for the open terminal. `exactColors` needs a 256-colour terminal that can redefine colours.
    init(theme: Theme, exactColors: Bool) {
        self.theme = theme
        let count = Int(cn_color_count())
        depth =
            switch count {
            case 0x100_0000...: .direct
            case 256...: .indexed
            case 16...: .sixteen
            case 8...: .eight
            default: .none
            }
        isExact = exactColors && depth == .indexed && cn_can_define_colors()
        if isExact { cn_palette_was_changed() }
    }

    mutating func entry(for style: Style) -> Entry {
        if let entry = entries[style] { return entry }
        let look = theme.appearance(of: style, depth: isExact ? .direct : depth)
        let pair = Pair(foreground: exact(look.foreground), background: exact(look.background))
        let entry = Entry(
            attributes: native(look.attributes), pair: number(of: pair), background: pair.background,
            marksBlanks: !look.attributes.isDisjoint(with: [.underline, .reverse]))
        entries[style] = entry
        return entry
    }

    /// Redefines the exact colours after the shell has used the terminal.
    func restoreColors() {
        for (packed, index) in colors { define(packed, index) }
    }

    private mutating func number(of pair: Pair) -> Int32 {
        if pair.foreground < 0 && pair.background < 0 { return 0 }
        if let number = pairs[pair] { return number }
        let number = Int32(pairs.count + 1)
        // Without a free pair, use the default colours; attributes still distinguish the style.
        guard number < cn_pair_count() else { return 0 }
        cn_define_pair(number, Int32(pair.foreground), Int32(pair.background))
        pairs[pair] = number
        return number
    }

    /// The palette index redefined to this `0xRRGGBB` colour. Indices 0…15 belong to the user and are not changed.
    private mutating func exact(_ packed: Int) -> Int {
        guard isExact, packed >= 0 else { return packed }
        if let index = colors[packed] { return index }
        let index = 16 + colors.count % 240
        define(packed, index)
        colors[packed] = index
        return index
    }

    private func define(_ packed: Int, _ index: Int) {
        cn_define_color(Int32(index), Int32(packed >> 16 & 0xFF), Int32(packed >> 8 & 0xFF), Int32(packed & 0xFF))
    }

    private func native(_ attributes: Attributes) -> UInt32 {
        let table: [(Attributes, cn_attribute)] = [
            (.bold, CN_BOLD), (.dim, CN_DIM), (.italic, CN_ITALIC), (.underline, CN_UNDERLINE), (.reverse, CN_REVERSE),
        ]
        return table.reduce(0) { attributes.contains($1.0) ? $0 | $1.1.rawValue : $0 }
    }
}
