import Journal

/// What today's work still needs: open cases, the last days, the months whose collection is watched.
///
/// A checkpoint keeps the facts of these and no others, so that a console is usable at once however long its history; the
/// rest arrives behind it. Worked out from the full state, never from an earlier checkpoint.
struct WorkingSet {
    let requests: Set<Ref<Request>>
    /// Every return visit of the requests above.
    let followUps: Set<Ref<FollowUp>>
    let bills: Set<Ref<Bill>>
    let payments: Set<Ref<Payment>>
    let calls: Set<Ref<Call>>
    let visits: Set<Ref<Visit>>
    let shifts: Set<Ref<Shift>>
    let inspections: Set<Ref<Inspection>>
    let owing: Set<UnitCode>
    /// What nobody needs any more.
    let undone: Undone
    /// What happened since then is kept whatever became of it: two days, so that last night is there in the morning.
    let since: Moment
    let zone: Zone

    init(of estate: Estate, at moment: Moment) {
        let zone = estate.zone
        let today = Day(moment, in: zone)
        let since = today.adding(-2).start(in: zone)
        self.since = since
        self.zone = zone
        undone = estate.undone
        let followUps = estate.followUps
        let requests = Set(estate.requests.open).union(
            (followUps.pending.elements + followUps.wanting.elements).compactMap { followUps[$0]?.request })
        self.requests = requests
        self.followUps = Set(requests.flatMap { followUps.of($0).map(\.id) })
        // 当月, 上月, 上上月: the targets of the collection rate.
        let ages = estate.handbook.fees.targets.map(\.age)
        let watched = ages.flatMap { estate.fees.bills(for: Period(today).adding(-$0)) }
        let outstanding = estate.fees.owingUnits.flatMap { estate.fees.unpaidBills(of: $0) }
        bills = Set((watched + outstanding).map(\.id))
        payments = Set((watched + outstanding).flatMap { $0.allocations.map(\.payment) })
            .union(estate.fees.payments.values.filter { $0.prepaid > .zero }.map(\.id))
        owing = Set(estate.fees.owingUnits)
        calls = Set(estate.calls.open + estate.calls.missed).union(
            WorkingSet.latest(estate.calls.all.values) { $0.rang >= since }.map(\.id))
        visits = Set(estate.gate.inside).union(
            WorkingSet.latest(estate.gate.visits.values) { $0.arrived >= since }.map(\.id))
        shifts = Set(
            estate.gate.shifts.values.filter { $0.closed == nil || $0.opened >= since }.map(\.id))
        let monday = Week(today).monday.start(in: zone)
        inspections = Set(
            estate.inspections.all.values.filter { inspection in
                inspection.closed == nil || inspection.opened >= monday
                    || inspection.failed.contains { inspection.rectification(of: $0) == .open }
            }.map(\.id))
    }

    /// Those at the end for which something holds; what was entered late lies among older ones, so a few more are looked at.
    private static func latest<Element>(
        _ all: some BidirectionalCollection<Element>, where holds: (Element) -> Bool
    ) -> [Element] {
        var misses = 0
        var found: [Element] = []
        for element in all.reversed() {
            if holds(element) {
                found.append(element)
            } else {
                misses += 1
                if misses > 1000 { break }
            }
        }
        return found
    }
}
