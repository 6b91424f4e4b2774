import Journal

extension Store {
    /// The seconds that a moment may lie ahead of the clock.
    static let tolerance = 5 * 60

    /// Checks an action and records its facts; returns once they are durable. With the key of one that the member has
    /// recorded, only returns its receipt. Throws ``Refusal`` or ``JournalError``.
    @discardableResult
    public func perform(
        _ action: @autoclosure () throws -> any Action, by: String, at moment: Moment? = nil,
        key: IdempotencyKey? = nil
    ) throws -> Receipt {
        try perform(by: by) { try $0.perform(action(), at: moment, key: key) }
    }

    /// Performs several actions under one lock and one sync. Returns once all recorded facts are durable; if `body`
    /// throws, nothing was recorded.
    ///
    /// `body` may run a second time, after nothing was recorded at the first: a state from a checkpoint decides what its
    /// working set covers; where it does not cover an action, or refuses one, all is decided anew on the whole history.
    public func perform<Result>(by: String, _ body: (inout Batch) throws -> Result) throws -> Result {
        if isStale { try reopen() }
        // An ending that a crash interrupted, or of another node.
        try? finishWhatEnded()
        // Facts of other terminals may have undone facts, or need more than the working set: they are read before the lock is
        // taken.
        if estate.partial != nil { try catchUp() }
        if !hasFullHistory, estate.coveredWindow == nil { try readWhole() }
        let result: Result
        do { result = try attempt(by: by, body) } catch is NeedsWholeHistory {
            try readWhole()
            result = try attempt(by: by, body)
        } catch JournalError.outdated {
            // A repair has restored facts, and the journal was read again.
            result = try attempt(by: by, body)
        }
        if !estate.endings.asked.isEmpty {
            do { try finishEndings() } catch JournalError.disk(let failure) {
                // The action stands in the journal, and is finished at the next write.
                throw JournalError.recorded(failure)
            }
        }
        return result
    }

    /// The state comes from a checkpoint, which does not cover an action or leads to a refusal.
    private struct NeedsWholeHistory: Error {}

    func attempt<Result>(by: String, _ body: (inout Batch) throws -> Result) throws -> Result {
        try awaitReplayed()
        var (hasAppended, joined, entries) = (false, Batch.Joined?.none, [EntryID]())
        let pins = estate.staff.pins
        estate.undoWindow.move(to: now)
        do {
            var isDeciding = false
            let result = try journal.write(delivering: { isDeciding ? apply($0) : take($0) }) { transaction in
                isDeciding = true
                var needsWholeHistory = false
                func lend(_ transaction: Journal.WriteTransaction, _ body: (inout Estate) throws -> Void) throws {
                    do {
                        if needsWholeHistory || isOutOfOrder && estate.partial != nil { throw NeedsWholeHistory() }
                        if isOutOfOrder { try replayInOrder(in: transaction) }
                        try body(&estate)
                    } catch let error as NeedsWholeHistory {
                        needsWholeHistory = true
                        throw error
                    }
                }
                return try withoutActuallyEscaping(lend) { lend in
                    var batch = Batch(
                        by: by, transaction: transaction, node: node, zone: zone, newID: newID, proven: proven,
                        ring: ring, lines: { [folder, zone] in try Journal(at: folder, zone: zone).catchUp($0) },
                        lend: lend)
                    defer {
                        transaction = batch.transaction
                        (hasAppended, joined, entries) = (transaction.hasAppended, batch.joined, batch.entries)
                    }
                    let result = Swift.Result { try body(&batch) }
                    // Even if the body has caught the error, it runs again.
                    if needsWholeHistory { throw NeedsWholeHistory() }
                    batch.nameJoined()
                    return try result.get()
                }
            }
            trouble = nil
            // The lines were applied as several actions and stand in the journal as one.
            if let joined { keep(joined) }
            dropSecrets(of: pins)
            // The undo is durable even if replaying the state without it fails now.
            if isOutOfOrder { isStale = (try? replayInOrder()) == nil }
            return result
        } catch {
            // Facts were applied that may not be durable: replay from the disk.
            isStale = hasAppended || journal.failure != nil
            if isStale { try? reopen() }
            // What may not be durable must not count as done, until the journal can be read again.
            if isStale { estate.actionReceipts = ActionReceipts() }
            guard let error = error as? JournalError else { throw error }
            let checked = confirmed(error, entries)
            switch checked {
            // Nothing is wrong with the disk.
            case .busy, .outdated: break
            case .replaced where !isStale: break
            default: trouble = checked
            }
            throw checked
        }
    }

    private func keep(_ joined: Batch.Joined) {
        estate.undoWindow.join(last: joined.count)
        if joined.count > 0, let key = joined.key, let receipt = joined.receipt {
            estate.keep(receipt, for: key, of: joined.member)
        }
    }

    /// Turns `unconfirmed` into `recorded` when all entries are found in the reopened journal, so that the action is
    /// not sent again.
    private func confirmed(_ error: JournalError, _ entries: [EntryID]) -> JournalError {
        guard case .unconfirmed(let failure) = error, !isStale, !entries.isEmpty else { return error }
        var missing = Set(entries)
        do {
            // What can be read is recorded only once it is durable.
            let journal = try Journal(at: folder, zone: zone, disk: disk)
            journal.patience = max(patience, 2)
            try journal.settle { missing.remove($0.id) }
        } catch { return .unconfirmed(failure) }
        return missing.isEmpty ? .recorded(failure) : .unconfirmed(failure)
    }

    /// A write transaction: each action is checked against the facts of those before it.
    public struct Batch {
        let by: String
        fileprivate var transaction: Journal.WriteTransaction
        fileprivate let node: String
        let zone: Zone
        var now: Moment { transaction.now }
        fileprivate let newID: IDSource
        fileprivate let proven: EntryID?
        fileprivate let ring: KeyRing
        /// Delivers the lines of the journal that are on the disk.
        fileprivate let lines: ((Line) -> Void) throws -> Void
        /// Calls a body with the state so far. It is lent, not handed over: a copy for each row of an import would cost
        /// more than the row. What throws for want of the whole history ends the batch, and nothing of it is recorded.
        fileprivate let lend: (Journal.WriteTransaction, (inout Estate) throws -> Void) throws -> Void

        /// Makes all following actions one action on the disk: all of their facts are recorded, or none. Returns the
        /// receipt of those that the member has recorded with the same key; then none must follow. Throws ``Refusal``.
        @discardableResult
        public mutating func joinActions(key: IdempotencyKey? = nil) throws -> Receipt? {
            let (member, receipt) = try answer(to: key, by: by)
            if let receipt { return receipt }
            transaction.joinActions()
            joined = Joined(key: key, member: member)
            return nil
        }

        /// The actions that are one action on the disk.
        fileprivate struct Joined {
            let key: IdempotencyKey?
            let member: String
            /// The number of their entries.
            var count = 0
            /// It has the sequence number of the first action and the id of the last.
            var receipt: Receipt?
        }

        fileprivate var joined: Joined?
        /// The receipt of the joined actions so far.
        public var joinedReceipt: Receipt? { joined?.receipt }
        /// The ids of the appended entries.
        fileprivate(set) var entries: [EntryID] = []

        /// Puts the key of joined actions, with their receipt, on their first line.
        fileprivate mutating func nameJoined() {
            guard let key = joined?.key, let receipt = joined?.receipt else { return }
            transaction.joinedIdempotency = key.line(receipt.id, receipt.warnings)
        }

        /// Records an action. With the key of one that the member has recorded, only returns its receipt.
        @discardableResult
        public mutating func perform(
            _ action: @autoclosure () throws -> any Action, by other: String? = nil, at moment: Moment? = nil,
            key: IdempotencyKey? = nil
        ) throws -> Receipt {
            let by = other ?? by
            if let receipt = try answer(to: key, by: by).receipt { return receipt }
            let at = moment ?? transaction.now
            if at > transaction.now.adding(seconds: Store.tolerance) {
                throw Refusal(
                    .rule, "time.future", "不能记录未来的事：\(at.text(in: zone))",
                    en: "the future cannot be recorded: \(at.text(in: zone))", field: "at")
            }
            let action = try action()
            let plan = try withState { try self.plan(action, by: by, at: at, in: $0) }
            let entries = try entries(of: plan, key)
            if entries.contains(where: { $0.size > NewEntry.longest }) {
                throw Refusal.input("text.tooLong", "内容太长，一条记录放不下", en: "this is too long for one record")
            }
            return append(entries, of: plan)
        }

        /// The code of a member, and the receipt of what they have recorded with a key.
        private func answer(to key: IdempotencyKey?, by: String) throws -> (member: String, receipt: Receipt?) {
            guard let key else { return (by, nil) }
            return try withState { estate in
                let member = try estate.staff.named(by)
                try estate.staff.check(member, knows: proven)
                return (member.code, try estate.receipt(for: key, of: member.code, at: node))
            }
        }

        private func plan(_ action: any Action, by: String, at: Moment, in estate: Estate) throws -> Plan {
            let member = try estate.staff.check(by, may: type(of: action))
            try estate.staff.check(member, knows: proven)
            var plan = Plan(by: member.code, at: at, now: transaction.now, node: node, newID: newID)
            plan.seal = transaction.seal
            if let difference = estate.clockDifference(at: transaction.now) { plan.warn(difference.code) }
            for found in action.personalNumbersInText { plan.warn(found.warning) }
            if estate.partial == nil {
                plan.journal = { [lines, transaction] deliver in
                    try lines(deliver)
                    transaction.replay(deliver)
                }
                try action.withCurrentNames(in: estate).perform(&plan, in: estate)
                // It has a copy of the buffer, which is to be appended to in place.
                plan.journal = { _ in }
                return plan
            }
            if let window = estate.coveredWindow, Estate.isCovered(action, by: window) {
                do {
                    try action.withCurrentNames(in: estate).perform(&plan, in: estate)
                    return plan
                } catch is Refusal {
                    // Perhaps only because of an entity that the working set lacks.
                }
            }
            throw NeedsWholeHistory()
        }

        /// Calls `body` with the state from all facts, those of the batch so far included. Throws what `body` throws, or
        /// to run the batch again on the whole history.
        func withWholeState<Result>(_ body: (Estate) throws -> Result) throws -> Result {
            try withState { estate in
                if estate.partial != nil { throw NeedsWholeHistory() }
                return try body(estate)
            }
        }

        /// The same with the state as it is, perhaps of a working set only. `body` does not change it.
        func withState<Result>(_ body: (inout Estate) throws -> Result) throws -> Result {
            var result = Swift.Result<Result, any Error>.failure(NeedsWholeHistory())
            try lend(transaction) { result = .success(try body(&$0)) }
            return try result.get()
        }

        /// Tells that a member is locked after too many wrong PINs: a fact that needs no signed-in member.
        mutating func lock(_ member: StaffMember, until: Moment) throws {
            try record(StaffLocked(staff: member.code, until: until), by: member.code)
        }

        /// Changes a PIN. Whether the acting member had to prove theirs is the action's rule.
        mutating func change(_ action: ChangePIN) throws -> Receipt {
            var plan = Plan(by: by, at: transaction.now, now: transaction.now, node: node, newID: newID)
            try withState { try action.perform(&plan, in: $0) }
            return append(try entries(of: plan), of: plan)
        }

        /// Records a fact that the program itself states, in the name of a member; the batch's unless given.
        @discardableResult
        mutating func record(_ fact: some Fact, by member: String? = nil) throws -> Receipt {
            var plan = Plan(by: member ?? by, at: transaction.now, now: transaction.now, node: node, newID: newID)
            plan.record(fact)
            return append(try entries(of: plan), of: plan)
        }

        /// Puts an id on the receipt of the joined actions.
        mutating func nameReceipt(_ id: EntryID) {
            guard let former = joined?.receipt else { return }
            joined?.receipt = Receipt(
                id: id, node: node, sequence: former.sequence, warnings: former.warnings)
        }

        mutating func found(_ name: String, zone: Zone, staff: [StaffMember]) throws {
            var plan = Plan(by: by, at: transaction.now, now: transaction.now, node: node, newID: newID)
            plan.record(EstateFounded(name: name, zone: zone.name))
            for member in staff { plan.record(AddStaff(staff: member.code, name: member.name, role: member.role)) }
            _ = append(try entries(of: plan), of: plan)
        }

        private func entries(of plan: Plan, _ key: IdempotencyKey? = nil) throws -> [NewEntry] {
            try withState { try self.entries(of: plan, key, in: $0) }
        }

        private func entries(of plan: Plan, _ key: IdempotencyKey?, in estate: Estate) throws -> [NewEntry] {
            let keyLine = key.map { $0.line(plan.receiptID, plan.warnings) } ?? []
            return try plan.facts.enumerated().map { index, recorded in
                let kind = type(of: recorded.fact).kind.description
                let rule = estate.sealingRule(of: recorded.fact)
                let happened = recorded.at == transaction.now ? nil : recorded.at
                let parts = recorded.fact.parts(at: happened, zone: zone, sealing: rule?.fields ?? [])
                var sealed: [UInt8] = []
                if let rule, let particulars = parts.particulars {
                    // The month in which it happened: its retention is counted from there.
                    let month = Period(Day(recorded.at, in: zone)).text
                    let place = KeyPlace(rule.kind, month: month, node: node)
                    let (used, ended) = estate.generations(of: place)
                    sealed = try ring.seal(
                        particulars, as: place, used: used, ended: ended, id: recorded.id, kind: kind)
                }
                return NewEntry(
                    id: recorded.id, by: plan.by, kind: kind, idempotency: index == 0 ? keyLine : [], sealed: sealed,
                    data: parts.data)
            }
        }

        private mutating func append(_ new: [NewEntry], of plan: Plan) -> Receipt {
            for entry in new { entries.append(entry.id) }
            let first = transaction.append(new)
            let receipt = Receipt(id: plan.receiptID, node: node, sequence: first, warnings: plan.warnings)
            if let former = joined {
                joined?.count += plan.facts.count
                joined?.receipt = Receipt(
                    id: receipt.id, node: node, sequence: former.receipt?.sequence ?? first,
                    warnings: (former.receipt?.warnings ?? []) + plan.warnings)
            }
            return receipt
        }
    }
}
