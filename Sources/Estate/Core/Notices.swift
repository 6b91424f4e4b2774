import Journal

extension Damage {
    /// What it is and where, for people.
    public var label: Label {
        let numbers = sequences.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" } ?? "?"
        let place = "\(node)/\(segment) @\(offset)"
        return switch kind {
        case .torn: Label("残缺行：\(place)", en: "torn line: \(place)")
        case .hash: Label("损坏行：\(place)（\(numbers)）", en: "damaged line: \(place) (\(numbers))")
        case .gap: Label("缺行 \(numbers)：\(place)", en: "lines \(numbers) are missing: \(place)")
        case .duplicate: Label("重复行 \(numbers)：\(place)", en: "line \(numbers) stands twice: \(place)")
        case .swapped: Label("错位行 \(numbers)：\(place)", en: "line \(numbers) is out of place: \(place)")
        case .head:
            Label("已确认的记录 \(numbers) 不见了：\(place)", en: "acknowledged lines \(numbers) are gone: \(place)")
        case .group: Label("一次操作的记录不全 \(numbers)：\(place)", en: "an action is incomplete, \(numbers): \(place)")
        }
    }
}

extension SetAside {
    /// What was passed over, for people.
    public var label: Label {
        Label(
            "上次中断时未写完的记录已搁置（未曾确认，无损失）：\(node)/\(segment) @\(offset)，\(bytes) 字节",
            en: "an unfinished write was set aside (never acknowledged, nothing is lost): \(node)/\(segment) @\(offset), \(bytes) bytes")
    }
}

extension Store {
    /// What a person should know of the journal when it is opened: damage first.
    public var notices: [Label] {
        damages.map(\.label)
            + (unknownFacts > 0
                ? [
                    Label(
                        "\(unknownFacts) 条记录来自更新的版本，已保留但不显示",
                        en: "\(unknownFacts) facts of a newer version are kept but not shown")
                ] : [])
    }
}
