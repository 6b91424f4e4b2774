import Journal

/// The number of a meter, capital and without spaces.
public struct MeterNumber: TextValue {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static var type: FieldType { .text }

    public init(text: String, zone: Zone) throws {
        let plain = try String(text: text, zone: zone).plain.filter { !$0.isWhitespace }.uppercased()
        if plain.isPowerOfTen { throw Refusal.damaged("meter.damaged", text, .powerOfTen) }
        self.text = plain
    }

    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.billing.meters.values.map { meter in
            let last = meter.readings.last.map { " \($0.value.text)" } ?? ""
            return Candidate(meter.number, detail: "\(meter.unit.text) \(meter.item)\(last)")
        }
    }
}

/// A meter (计量表) of a unit, and its readings.
public struct Meter: Sendable {
    public let number: String
    public internal(set) var unit: UnitCode
    public let item: String
    /// By time; of two at one moment in the order of recording. The first is the baseline.
    public internal(set) var readings: [MeterReading] = []
}

/// What a dial showed at a moment.
public struct MeterReading: Sendable {
    public enum Kind: String, NamedChoice {
        case read, estimated
        /// The last of a meter that was replaced, and the first of the one in its place.
        case closing, opening

        public var label: Label {
            switch self {
            case .read: Label("抄表", en: "read")
            case .estimated: Label("估读", en: "estimated")
            case .closing: Label("换表止码", en: "closing")
            case .opening: Label("换表起码", en: "opening")
            }
        }
    }

    public let at: Moment
    public let value: Quantity
    public let kind: Kind
    /// What the dial counts up to before it begins again, if it has done so since the reading before.
    let turn: Quantity?
}

/// What was used between two readings of a meter, to be charged for the days after the first up to the second.
struct Usage: Sendable {
    let days: ClosedRange<Day>
    /// In thousandths.
    let quantity: Int
    /// `101.2→123.4`
    let words: String
}

extension Meter {
    /// Where a reading at a moment stands among the others.
    private func place(at moment: Moment) -> Int { readings.lastIndex { $0.at <= moment }.map { $0 + 1 } ?? 0 }

    mutating func add(_ reading: MeterReading) { readings.insert(reading, at: place(at: reading.at)) }

    /// The readings before and after a moment that no estimate is.
    func neighbours(at moment: Moment) -> (before: MeterReading?, after: MeterReading?) {
        let place = place(at: moment)
        return (
            readings[..<place].last { $0.kind != .estimated }, readings[place...].first { $0.kind != .estimated }
        )
    }

    /// What was used in a period, by the readings that were taken in it.
    ///
    /// An estimate counts until the next reading, which settles it: if the dial shows less than was estimated, nothing
    /// is charged until it shows more.
    func usage(in period: Period, zone: Zone) -> [Usage] {
        var usage: [Usage] = []
        // Everything that the dials have counted since the baseline is the value less `base`.
        var (base, counted, charged) = (0, 0, 0)
        var last: (value: Quantity, day: Day)?
        for (index, reading) in readings.enumerated() {
            let (value, day) = (reading.value.scaled, Day(reading.at, in: zone))
            guard let former = last, reading.kind != .opening else {
                base = value - counted
                last = (reading.value, day)
                continue
            }
            base -= reading.turn?.scaled ?? 0
            if reading.kind == .estimated, isSettled(index, in: Period(day), zone) { continue }
            counted = value - base
            let gain = max(0, counted - charged)
            charged = max(charged, counted)
            if gain > 0, Period(day) == period {
                let difference = gain - (value - former.value.scaled)
                let rest =
                    difference == 0
                    ? "" : " \(difference > 0 ? "+" : "−")\(Quantity(scaled: abs(difference)).text)"
                let sign = reading.kind == .estimated ? "≈" : ""
                usage.append(
                    Usage(
                        days: min(former.day.adding(1), day)...day, quantity: gain,
                        words: "\(former.value.text)→\(sign)\(reading.value.text)\(rest)"))
            }
            last = (reading.value, day)
        }
        return usage
    }

    /// Whether another reading of the same period follows an estimate.
    private func isSettled(_ index: Int, in period: Period, _ zone: Zone) -> Bool {
        readings[(index + 1)...].contains {
            $0.kind != .opening && Period($0.at, in: zone) == period
        }
    }
}

extension Billing {
    func known(_ number: MeterNumber) throws -> Meter {
        if let meter = meters[number.text] { return meter }
        throw Refusal(
            .rule, "meter.unknown", "没有这只表：\(number.text)", en: "there is no meter \(number.text)", field: "meter")
    }
}
