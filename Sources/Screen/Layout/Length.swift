/// How long one part of a split is, along the split's axis.
public enum Length: Hashable, Sendable {
    /// So many cells, fewer only when the whole is too short.
    case fixed(Int)
    /// A share of the whole, 0…1, rounded down.
    case fraction(Double)
    /// A share of what the others leave over, by weight (1 or more).
    case fill(Int)

    /// The lengths of parts that together never exceed `total`.
    ///
    /// Earlier parts are served first when the whole is too short; the last filling part takes what rounding leaves, so
    /// that parts with a filler among them always cover the whole.
    static func resolve(_ lengths: [Length], total: Int, gap: Int) -> [Int] {
        let available = max(0, total - gap * max(0, lengths.count - 1))
        var rest = available
        var resolved = lengths.map { length -> Int in
            let wanted =
                switch length {
                case .fixed(let cells): cells
                case .fraction(let share): Int(Double(available) * min(1, max(0, share)))
                case .fill: 0
                }
            let given = min(rest, max(0, wanted))
            rest -= given
            return given
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
    /// The rectangle split from top to bottom, one part for each length, `gap` empty rows between them.
    public func rows(_ lengths: [Length], gap: Int = 0) -> [Rect] {
        var top = y
        return Length.resolve(lengths, total: height, gap: gap).map { height in
            defer { top += height + gap }
            return Rect(x: x, y: min(top, maxY), width: width, height: height)
        }
    }

    /// The rectangle split from left to right, one part for each length, `gap` empty columns between them.
    public func columns(_ lengths: [Length], gap: Int = 0) -> [Rect] {
        var left = x
        return Length.resolve(lengths, total: width, gap: gap).map { width in
            defer { left += width + gap }
            return Rect(x: min(left, maxX), y: y, width: width, height: height)
        }
    }
}
