/// The length of one part of a split, in columns or rows along the split's axis.
public enum Length: Hashable, Sendable {
    /// A number of cells; fewer only if the total is too small.
    case fixed(Int)
    /// A share of the total, 0…1, rounded down.
    case fraction(Double)
    /// A share of the remaining cells, by weight (at least 1).
    case fill(Int)

    /// Lengths in cells whose sum, gaps included, never exceeds `total`.
    ///
    /// Fixed parts and fractions are served in order until the cells run out. The fills then divide the remainder by
    /// weight; the last fill gets the rounding error, so that a split with a fill covers the total exactly.
    static func resolve(_ lengths: [Length], total: Int, gap: Int) -> [Int] {
        let available = max(0, total - gap * max(0, lengths.count - 1))
        var rest = available
        var resolved = lengths.map { length -> Int in
            let share =
                switch length {
                case .fixed(let cells): cells
                case .fraction(let share): Int(Double(available) * min(1, max(0, share)))
                case .fill: 0
                }
            let granted = min(rest, max(0, share))
            rest -= granted
            return granted
        }
        var weight = lengths.reduce(0) { $0 + $1.weight }
        for (index, length) in lengths.enumerated() where length.weight > 0 {
            let share = rest * length.weight / weight
            resolved[index] = share
            rest -= share
            weight -= length.weight
        }
        return resolved
    }

    private var weight: Int {
        if case .fill(let weight) = self { max(1, weight) } else { 0 }
    }
}

extension Rect {
    /// Splits the rectangle from top to bottom, one part per length, `gap` empty rows between them.
    public func rows(_ lengths: [Length], gap: Int = 0) -> [Rect] {
        var top = y
        return Length.resolve(lengths, total: height, gap: gap).map { height in
            defer { top += height + gap }
            return Rect(x: x, y: min(top, maxY), width: width, height: height)
        }
    }

    /// Splits the rectangle from left to right, one part per length, `gap` empty columns between them.
    public func columns(_ lengths: [Length], gap: Int = 0) -> [Rect] {
        var left = x
        return Length.resolve(lengths, total: width, gap: gap).map { width in
            defer { left += width + gap }
            return Rect(x: min(left, maxX), y: y, width: width, height: height)
        }
    }
}
