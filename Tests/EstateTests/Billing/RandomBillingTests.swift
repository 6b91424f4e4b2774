import TestSupport
import Testing

@testable import Estate

@Suite("Billing of random histories equals a second calculation")
struct RandomBillingTests {
    @Test("shares of a month add up to the whole, equal it, and are billed once", arguments: 1...4)
    func equal(seed: UInt64) throws {
        var random = try RandomBilling(seed: seed)
        try random.makeTariffs()
        for number in 0..<40 { try random.makeUnit(number) }
        try random.check()
    }
}

/// Random histories of tariffs, sales, states, tenants and readings, billed by ``BillParts`` and by a second calculation
/// that goes day by day over the history as it was made up.
private struct RandomBilling {
    /// A unit's history as it was made up. Days are counted from 2026-01-01, which is 0.
    private struct History {
        var area = 0
        var sales: [Int] = []
        var states: [(from: Int, state: Occupancy)] = []
        var tenants: [(from: Int, until: Int?)] = []
        /// What the meter had counted in all at the readings, in thousandths.
        var readings: [(day: Int, counted: Int, isEstimate: Bool)] = []

        func party(_ day: Int, _ payer: TariffPayer) -> String {
            let owner = "owner \(sales.count { $0 <= day })"
            let state = states.last { $0.from <= day }?.state
            if state == .undelivered { return "developer \(owner)" }
            let present = tenants.indices.filter { tenants[$0].from <= day && tenants[$0].until ?? 999 > day }
            let isLet = state == .rented || state == nil && !present.isEmpty
            return payer == .occupant && isLet ? "tenants \(present) \(owner)" : owner
        }
    }

    private static let start = day("2026-01-01")
    private static let last = 180

    private var random: SeededRandom
    private let test: TestEstate
    private var histories: [UnitCode: History] = [:]
    /// The rate of each item by day, in ten-thousandths; 0: not charged.
    private var rates: [String: [Int]] = [:]

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        test = try TestEstate()
    }

    private func moment(_ day: Int, _ hour: Int = 10) -> String {
        "\(Self.start.adding(day).text)T\(hour.padded(2)):00"
    }

    // MARK: Making up

    mutating func makeTariffs() throws {
        for (item, basis, payer) in [("物业费", "area", "owner"), ("垃圾费", "fixed", "occupant"), ("水费", "meter", "owner")] {
            var byDay = Array(repeating: 0, count: Self.last + 40)
            var isCharged = false
            for from in [0] + (0..<3).map({ _ in random.below(Self.last) }).sorted() {
                if isCharged, basis != "meter", random.below(4) == 0 {
                    try test.do("tariff.end", ["item": item, "from": Self.start.adding(from).text])
                    for day in from..<byDay.count { byDay[day] = 0 }
                    isCharged = false
                } else if basis != "meter" || !isCharged {
                    let rate = Rate(scaled: 1 + random.below(60_000))
                    try? test.tariff(item, basis, rate.text, from: Self.start.adding(from).text, ["payer": payer])
                    for day in from..<byDay.count { byDay[day] = rate.scaled }
                    isCharged = true
                }
            }
            rates[item] = byDay
        }
    }

    mutating func makeUnit(_ number: Int) throws {
        let code = "2-1-\(100 + number)"
        var history = History()
        history.area = 1 + random.below(20_000)
        try test.addUnit(code, area: Hundredths.text(history.area))
        let days = (0..<random.below(7)).map { _ in random.below(Self.last) }.sorted()
        var tenant: String?
        for (place, day) in days.enumerated() {
            switch random.below(4) {
            case 0:
                try test.do("unit.sell", ["unit": code, "owner": "业主\(number) \(place)"], at: moment(day, 8 + place))
                history.sales.append(day)
            case 1 where tenant == nil:
                tenant = try test.do(
                    "person.add", ["name": "租户\(number) \(place)", "unit": code, "role": "tenant"],
                    at: moment(day, 8 + place))
                history.tenants.append((day, nil))
            case 1:
                try test.do("person.leave", ["person": tenant ?? ""], at: moment(day, 8 + place))
                history.tenants[history.tenants.count - 1].until = day
                // With its last tenant a unit is let no more.
                if history.states.last?.state == .rented { history.states.append((day, .vacant)) }
                tenant = nil
            default:
                let state = random.pick(Occupancy.allCases)
                if history.states.last?.state == state { continue }
                try test.do(
                    "unit.state", ["unit": code, "state": state.rawValue, "from": Self.start.adding(day).text])
                history.states.append((day, state))
            }
        }
        try makeReadings(code, &history)
        histories[unit(code)] = history
    }

    /// A dial with four digits that is read, estimated, replaced, and begins again.
    private mutating func makeReadings(_ code: String, _ history: inout History) throws {
        let meter = "W\(code)"
        try test.do("meter.add", ["meter": meter, "unit": code, "item": "水费"])
        var (dial, counted, estimated) = (9_990_000, 0, 0)
        for day in Set((0..<(2 + random.below(12))).map { _ in random.below(Self.last) }).sorted() {
            let used = history.readings.isEmpty ? 0 : random.below(30_000)
            if random.below(4) == 0, !history.readings.isEmpty {
                let guess = counted + random.below(60_000)
                let shown = dial + guess - counted
                if shown >= 10_000_000 { continue }
                try test.read(meter, Quantity(scaled: shown).text, at: moment(day), ["estimated": "yes"])
                history.readings.append((day, guess, true))
                estimated += 1
                continue
            }
            (counted, dial) = (counted + used, dial + used)
            if random.below(6) == 0, !history.readings.isEmpty, dial < 10_000_000 {
                let opening = random.below(9_000_000)
                try test.do(
                    "meter.replace",
                    [
                        "meter": meter, "closing": Quantity(scaled: dial).text,
                        "opening": Quantity(scaled: opening).text,
                    ], at: moment(day))
                dial = opening
            } else {
                let isRound = dial >= 10_000_000
                if isRound { dial -= 10_000_000 }
                try test.read(
                    meter, Quantity(scaled: dial).text, at: moment(day), isRound ? ["rollover": "yes"] : [:])
            }
            history.readings.append((day, counted, false))
        }
    }

    // MARK: The second calculation

    /// `sum / (units × length)` fen, rounded half up.
    private func rounded(_ sum: Int, _ length: Int) -> Int {
        let (whole, rest) = sum.quotientAndRemainder(dividingBy: 100_000 * length)
        return whole + (rest * 2 >= 100_000 * length ? 1 : 0)
    }

    /// What the parties owe for the days of a month, in order.
    private func byDays(_ history: History, _ item: String, _ payer: TariffPayer, _ quantity: Int, _ period: Period)
        -> [String]
    {
        let first = period.first.days(since: Self.start)
        var runs: [(party: String, sum: Int)] = []
        for day in first..<first + period.length {
            let rate = rates[item]?[day] ?? 0
            if rate == 0 { continue }
            let party = history.party(day, payer)
            if runs.last?.party != party { runs.append((party, 0)) }
            runs[runs.count - 1].sum += quantity * rate
        }
        let total = rounded(runs.reduce(0) { $0 + $1.sum }, period.length)
        var left = total
        return runs.enumerated().compactMap { index, run in
            let fen = index == runs.count - 1 ? left : min(left, rounded(run.sum, period.length))
            left -= fen
            return fen == 0 ? nil : "\(run.party.split(separator: " ")[0]) \(Money(fen: fen).text)"
        }
    }

    /// What a meter's use in a month comes to, at the one rate.
    private func used(_ history: History, _ period: Period) -> Int {
        var (charged, gain) = (0, 0)
        for month in Period(Self.start).number...period.number {
            let month = Period(number: month)
            let own = history.readings.filter { month.contains(Self.start.adding($0.day)) }
            // An estimate counts if no other reading of the month follows it.
            let counting = own.enumerated().filter { !$0.element.isEstimate || $0.offset == own.count - 1 }
            let high = max(charged, counting.map(\.element.counted).max() ?? 0)
            (gain, charged) = (high - charged, high)
        }
        return gain
    }

    func check() throws {
        var (shared, measured) = (0, 0)
        for period in (0..<6).map({ month("2026-01").adding($0) }) {
            let lines = BillingRun(test.estate, of: period, at: test.store.now).lines
            let byUnit = Dictionary(grouping: lines, by: \.unit)
            for (code, history) in histories {
                func owed(_ item: String) -> [BillingLine] { byUnit[code]?.filter { $0.item == item } ?? [] }
                func words(_ item: String) -> [String] {
                    owed(item).map { "\($0.debtor == .occupant ? "tenants" : "\($0.debtor)") \($0.amount.text)" }
                }
                let place: Comment = "\(code.text) \(period.text)"
                #expect(words("物业费") == byDays(history, "物业费", .owner, history.area * 10, period), place)
                #expect(words("垃圾费") == byDays(history, "垃圾费", .occupant, 1000, period), place)
                let water = owed("水费").reduce(Money.zero) { $0 + $1.amount }
                let rate = rates["水费"]?.last ?? 0
                #expect(water.cents == rounded(used(history, period) * rate, 1), place)
                shared += owed("垃圾费").count > 1 ? 1 : 0
                measured += water > .zero ? 1 : 0
            }
            guard lines.contains(where: { $0.state == .new }) else { continue }
            try test.do("bill.generate", ["period": period.text])
            let after = BillingRun(test.estate, of: period, at: test.store.now).lines
            #expect(after.map(\.amount) == lines.map(\.amount))
            #expect(after.allSatisfy { $0.state == .exists }, "\(period.text)")
            #expect(refusal { try test.do("bill.generate", ["period": period.text]) }?.code == "billing.none")
        }
        #expect(shared > 10 && measured > 40, "\(shared) \(measured)")
    }
}
