import Journal

/// What is known of a visitor by name and plate: told while the form is filled in, and never blocking.
public struct GateVerdict: Hashable, Sendable {
    public enum Kind: String, Sendable {
        /// The plate is a resident's, fits the pattern, or fits none.
        case resident, visitor, unrecognised
        /// A known plate has one sign more; or one other sign.
        case short, near
        /// The plate, or the name, is inside already.
        case inside, named
        case barred, expected
    }

    public let kind: Kind
    public let label: Label

    /// Whether the guard has to look again.
    public var isStrong: Bool {
        switch kind {
        case .resident, .visitor: false
        case .unrecognised, .short, .near, .inside, .named, .barred, .expected: true
        }
    }

    /// The warning on the receipt; `nil` for what the receipt does not tell, or tells otherwise.
    var warning: String? {
        switch kind {
        case .barred: "visitor.barred"
        case .short: "plate.short"
        case .near: "plate.near"
        default: nil
        }
    }
}

extension Estate {
    /// What is known of a visitor, the most important first.
    func verdicts(name: String, host: UnitCode? = nil, plate: Plate?, at moment: Moment) -> [GateVerdict] {
        let day = Day(moment, in: zone)
        var verdicts: [GateVerdict] = []
        for bar in gate.lists.barred where bar.until >= day && bar.fits(name: name, plate: plate) {
            verdicts.append(
                GateVerdict(
                    kind: .barred,
                    label: Label(
                        "限制进入：\(bar.why)（到 \(bar.until.short)）",
                        en: "not to be admitted: \(bar.why) (to \(bar.until.short))")))
        }
        verdicts += (plate?.each ?? []).flatMap { self.verdicts(on: $0, at: moment) }
        if !name.isEmpty, let known = inside(named: name) {
            let stay = Estate.stay(of: known, at: moment)
            verdicts.append(
                GateVerdict(
                    kind: .named,
                    label: Label(
                        "\(name) 已在场 \(stay)（\(known.hostName)）", en: "\(name) inside for \(stay) (\(known.hostName))"
                    )))
        }
        if let expected = expected(name: name, host: host, plate: plate, at: moment) {
            verdicts.append(
                GateVerdict(
                    kind: .expected, label: Label("已预约：\(expected.hostName)", en: "expected at \(expected.hostName)"))
            )
        }
        return verdicts
    }

    private func verdicts(on plate: Plate, at moment: Moment) -> [GateVerdict] {
        var verdicts: [GateVerdict] = []
        if let known = inside(with: plate) {
            let stay = Estate.stay(of: known, at: moment)
            verdicts.append(
                GateVerdict(
                    kind: .inside,
                    label: Label(
                        "\(plate.text) 已在场 \(stay)：\(known.name)（\(known.hostName)）",
                        en: "\(plate.text) inside for \(stay): \(known.name) (\(known.hostName))")))
        }
        if let unit = people.vehicles[plate] {
            let owner = people.owner(of: unit)?.name
            let words = [unit.text, owner].compactMap { $0 }.joined(separator: " ")
            return verdicts + [
                GateVerdict(kind: .resident, label: Label("住户车：\(words)", en: "a resident's: \(words)"))
            ]
        }
        if !verdicts.isEmpty { return verdicts }
        let isRecognised = plate.isRecognised(by: handbook.gate.plates)
        verdicts.append(
            isRecognised
                ? GateVerdict(kind: .visitor, label: Label("\(plate.text) 访客车", en: "\(plate.text): a visitor's"))
                : GateVerdict(
                    kind: .unrecognised, label: Label("\(plate.text) 未识别", en: "\(plate.text): not recognised")))
        if let (kind, known) = similar(to: plate) {
            let words = [known.text, people.vehicles[known]?.text].compactMap { $0 }.joined(separator: " ")
            verdicts.append(
                GateVerdict(
                    kind: kind,
                    label: kind == .short
                        ? Label("正好少一位，像 \(words)", en: "one sign short of \(words)")
                        : Label("差一位，像 \(words)", en: "one sign off \(words)")))
        }
        return verdicts
    }

    /// A resident's plate, or one inside, that a plate misses by one sign.
    private func similar(to plate: Plate) -> (GateVerdict.Kind, Plate)? {
        let signs = Array(plate.text.unicodeScalars)
        guard signs.count >= 6 else { return nil }
        let inside = gate.presence(ring).plates
        func first(_ fits: (Plate) -> Bool) -> Plate? {
            people.vehicles.keys.first(where: fits) ?? inside.first(where: fits)
        }
        if let short = first({ Plate.isShort(signs, of: $0) }) { return (.short, short) }
        return first { Plate.isNear(signs, to: $0) }.map { (.near, $0) }
    }

    /// How long a visitor has been inside, as 0:12.
    private static func stay(of visit: Visit, at moment: Moment) -> String {
        let minutes = max(0, moment.seconds(since: visit.arrived) / 60)
        return "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
    }
}

extension Plate {
    /// Whether a plate has one sign more than these, which are otherwise the same.
    fileprivate static func isShort(_ signs: [Unicode.Scalar], of plate: Plate) -> Bool {
        var (place, skipped) = (0, false)
        for sign in plate.text.unicodeScalars {
            if place < signs.count, sign == signs[place] {
                place += 1
            } else if skipped {
                return false
            } else {
                skipped = true
            }
        }
        return skipped && place == signs.count
    }

    /// Whether a plate differs from these signs in one.
    fileprivate static func isNear(_ signs: [Unicode.Scalar], to plate: Plate) -> Bool {
        var (place, others) = (0, 0)
        for sign in plate.text.unicodeScalars {
            if place == signs.count || others > 1 { return false }
            if sign != signs[place] { others += 1 }
            place += 1
        }
        return place == signs.count && others == 1
    }
}
