import Journal

// Money is allocated by the facts in their order (Rules, Allocation); no fact keeps where it is now. What is allocated
// stays until its payment is voided or refunded, or its bill voided or reduced. What is freed then, and what is prepaid,
// goes to the oldest due open bill of the account at once, so that no account has prepaid money and an open bill.

extension Fees {
    /// What money pays when it comes into an account: the designated bills, then those of a stated period, then the oldest
    /// due. What is over is prepaid.
    func shares(
        of amount: Money, into account: Account, for designated: [Designation], _ period: Period?
    ) -> [Allocation] {
        var (rest, shares) = (amount, [Allocation]())
        func pay(_ bill: Bill, atMost limit: Money? = nil) {
            let place = shares.firstIndex { $0.bill == bill.id }
            let open = bill.outstanding - (place.map { shares[$0].amount } ?? .zero)
            let part = min(rest, open, limit ?? rest)
            guard part > .zero else { return }
            rest -= part
            if let place {
                shares[place].amount += part
            } else {
                shares.append(Allocation(bill: bill.id, amount: part))
            }
        }
        for part in designated {
            if let bill = bills[part.bill], self.account(of: bill) == account { pay(bill, atMost: part.amount) }
        }
        let open = unpaidBills(of: account)
        for bill in open where bill.period == period { pay(bill) }
        for bill in open where rest > .zero { pay(bill) }
        return shares
    }

    /// The prepaid money of a unit's account that pays a new bill, the oldest payment first.
    func prepayments(of unit: UnitCode, since: Moment, for amount: Money) -> [Allocation] {
        var rest = amount
        return prepayments(of: account(of: unit, at: since)).compactMap { payment in
            let share = min(rest, payment.prepaid)
            rest -= share
            return share > .zero ? Allocation(payment: payment.id, amount: share) : nil
        }
    }

    // MARK: Changes by facts

    mutating func receive(_ payment: Payment, for designated: [Designation], _ period: Period?) {
        add(payment)
        for share in payment.lateFees { payLateFee(share, of: payment.id) }
        let rest = payments.value(of: payment.id, \.prepaid) ?? .zero
        for share in shares(of: rest, into: account(of: payment), for: designated, period) {
            move(share.amount, of: payment.id, to: share.bill, at: payment.received)
        }
    }

    /// Adds a bill, which takes what is prepaid.
    mutating func issue(_ bill: Bill) {
        add(bill)
        discount(bill)
        settle(bill.unit, at: bill.since)
    }

    /// Reduces a bill, no further than to nothing.
    mutating func reduce(_ id: Ref<Bill>, by amount: Money, at moment: Moment) {
        change(id, at: moment) { $0.reductions.append(Reduction(at: moment, amount: min(amount, $0.net))) }
        freeExcess(of: id, at: moment)
    }

    mutating func void(_ id: Ref<Bill>, at moment: Moment) {
        change(id, at: moment) { $0.voided = moment }
        let freed = freeLateFees(of: id)
        freeExcess(of: id, at: moment)
        if freed, let unit = bills[id]?.unit { settle(unit, at: moment) }
    }

    mutating func void(_ id: Ref<Payment>, at moment: Moment) {
        free(id, at: moment)
        change(id) { payment in
            payment.prepaid = .zero
            payment.voided = moment
        }
        if let payment = payments[id] { settle(payment.unit, at: moment) }
    }

    /// Pays back money of the account that is the unit's at a moment: what is prepaid, of the latest payment first. Another
    /// node may have used that meanwhile: the money is gone all the same, and what the latest payments had paid is open.
    mutating func refund(_ refund: Refund) {
        let account = account(of: refund.unit, at: refund.since)
        var rest = refund.amount
        func take(_ fees: inout Fees, _ id: Ref<Payment>) {
            fees.change(id) { payment in
                let part = min(rest, payment.prepaid)
                payment.prepaid -= part
                payment.refunded += part
                rest -= part
            }
        }
        for payment in prepayments(of: account).reversed() where rest > .zero { take(&self, payment.id) }
        for payment in payments(of: account).reversed() where rest > .zero && payment.voided == nil {
            free(payment.id, at: refund.at)
            take(&self, payment.id)
        }
        var refund = refund
        refund.taken -= rest
        add(refund)
        noteFreed(refund.unit)
        settle(refund.unit, at: refund.at)
    }

    /// Allocates what is prepaid to open bills, account by account: the oldest payment first, the oldest due bill first.
    mutating func settle(_ unit: UnitCode, at moment: Moment) {
        guard needsSettling(unit) else { return }
        for payment in prepayments(of: unit) {
            let account = account(of: payment)
            for bill in unpaidBills(of: account) { move(bill.outstanding, of: payment.id, to: bill.id, at: moment) }
        }
    }

    /// A sale has divided the unit's account: money that pays across it goes back.
    mutating func separate(_ unit: UnitCode, at moment: Moment) {
        for bill in bills(of: unit) {
            let account = account(of: bill)
            for share in bill.allocations {
                if let payment = payments[share.payment], self.account(of: payment) != account {
                    free(share.payment, from: bill.id, at: moment)
                }
            }
        }
        settle(unit, at: moment)
    }

    // MARK: Steps

    /// Allocates prepaid money of a payment to a bill, no more than there is of it and than the bill asks for.
    private mutating func move(_ amount: Money, of payment: Ref<Payment>, to bill: Ref<Bill>, at moment: Moment) {
        guard let prepaid = payments.value(of: payment, \.prepaid), let owed = bills.value(of: bill, \.outstanding)
        else { return }
        let share = min(amount, prepaid, owed)
        guard share > .zero else { return }
        change(payment) { $0.prepaid -= share }
        change(bill, at: moment) { bill in
            if let place = bill.allocations.firstIndex(where: { $0.payment == payment }) {
                bill.allocations[place].amount += share
            } else {
                bill.allocations.append(Allocation(payment: payment, bill: bill.id, amount: share))
            }
        }
    }

    /// Makes what a payment has paid prepaid again; of one bill if it is given. Its discounts are taken back.
    private mutating func free(_ id: Ref<Payment>, from only: Ref<Bill>? = nil, at moment: Moment) {
        guard let payment = payments[id] else { return }
        // After another node's change of a code, a bill that it was posted to may be one of another unit.
        let posted = (payment.posted + payment.lateFees).compactMap { bills[$0.bill]?.unit }
        let units = Set([payment.unit] + posted)
        var isFreed = false
        for bill in only.map({ [$0] }) ?? units.flatMap({ bills(of: $0).map(\.id) }) {
            var freed = takeLateFee(of: bill, from: id)
            let discount = bills.value(of: bill) { $0.discount(by: id) } ?? .zero
            change(bill, at: moment) { bill in
                for share in bill.allocations where share.payment == id { freed += share.amount }
                bill.allocations.removeAll { $0.payment == id }
                if discount > .zero {
                    bill.reductions.append(Reduction(at: moment, amount: .zero - discount, payment: id))
                }
            }
            if freed > .zero { change(id) { $0.prepaid += freed } }
            isFreed = isFreed || freed > .zero || discount > .zero
        }
        if isFreed { for unit in units { noteFreed(unit) } }
    }

    /// Makes money beyond what a bill asks for prepaid again, the latest first, and settles.
    private mutating func freeExcess(of id: Ref<Bill>, at moment: Moment) {
        var freed: [Allocation] = []
        change(id, at: moment) { bill in
            while bill.outstanding < .zero, var last = bill.allocations.popLast() {
                // The overpayment before the last allocation was removed.
                let excess = min(Money.zero - (bill.outstanding - last.amount), last.amount)
                freed.append(Allocation(payment: last.payment, amount: excess))
                last.amount -= excess
                if last.amount > .zero { bill.allocations.append(last) }
            }
        }
        guard !freed.isEmpty, let unit = bills[id]?.unit else { return }
        for share in freed { change(share.payment) { $0.prepaid += share.amount } }
        noteFreed(unit)
        settle(unit, at: moment)
    }

    /// Reduces a new bill of a month that was paid in advance; see ``PrepaidTerm``.
    private mutating func discount(_ bill: Bill) {
        guard
            let (payment, amount) = discount(of: bill.amount, for: bill.unit, bill.period, bill.item, since: bill.since)
        else { return }
        change(bill.id, at: bill.since) {
            $0.reductions.append(Reduction(at: bill.since, amount: amount, payment: payment))
        }
    }

    /// Pays 违约金 of a bill as it was posted: other nodes' money may not change it.
    private mutating func payLateFee(_ share: Allocation, of payment: Ref<Payment>) {
        let part = min(share.amount, payments.value(of: payment, \.prepaid) ?? .zero)
        guard part > .zero, bills.value(of: share.bill, { $0.voided == nil }) ?? false else { return }
        change(payment) { $0.prepaid -= part }
        lateFees[share.bill, default: LateFeePayments()].paid.append(
            Allocation(payment: payment, bill: share.bill, amount: part))
    }

    /// Takes back what a payment has paid of a bill's 违约金.
    private mutating func takeLateFee(of bill: Ref<Bill>, from payment: Ref<Payment>) -> Money {
        guard let paid = lateFees[bill]?.paid.filter({ $0.payment == payment }), !paid.isEmpty else { return .zero }
        lateFees[bill]?.paid.removeAll { $0.payment == payment }
        return paid.reduce(.zero) { $0 + $1.amount }
    }

    /// Makes what was paid of a bill's 违约金 prepaid again. Returns whether there was any.
    private mutating func freeLateFees(of bill: Ref<Bill>) -> Bool {
        guard let paid = lateFees[bill]?.paid, !paid.isEmpty, let unit = bills[bill]?.unit else { return false }
        lateFees[bill]?.paid = []
        for share in paid { change(share.payment) { $0.prepaid += share.amount } }
        noteFreed(unit)
        return true
    }
}
