import CNcurses
import Screen

/// The theme's styles as this terminal's attributes and colour pairs, made when first used.
struct Palette {
    /// What a cell is drawn with.
    struct Entry {
        var attributes: UInt32
        var pair: Int32
        var background: Int
        /// Whether a blank shows more of it than the background.
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
    /// Whether the palette's own colours may be set to the theme's exact ones.
    let isExact: Bool
    private var entries: [Style: Entry] = [:]
    private var pairs: [Pair: Int32] = [:]
    private var colors: [Int: Int] = [:]

    /// A palette for the open terminal. Exact colours need one that can set and restore them.
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

    /// Sets the exact colours again after the terminal was lent to the shell.
    func restoreColors() {
        for (packed, index) in colors { define(packed, index) }
    }

    private mutating func number(of pair: Pair) -> Int32 {
        if pair.foreground < 0 && pair.background < 0 { return 0 }
        if let number = pairs[pair] { return number }
        let number = Int32(pairs.count + 1)
        // When there are no more pairs, the weight alone has to tell.
        guard number < cn_pair_count() else { return 0 }
        cn_define_pair(number, Int32(pair.foreground), Int32(pair.background))
        pairs[pair] = number
        return number
    }

    /// A place in the palette that holds exactly this colour. The first sixteen are the user's and are left alone.
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
