import Handbook
import Journal

extension Estate {
    /// The account in arrears that a call is about: a unit's, or that of a former owner who is called; `nil` for none.
    public func indebted(_ about: CallSubject, at moment: Moment) -> Account? {
        switch about {
        case .arrears(let unit):
            let account = fees.account(of: people.current(unit))
            return fees.arrears(of: account, at: moment, zone: zone) == nil ? nil : account
        case .record(let id):
            guard let person = people.persons[Ref(id)], person.left != nil else { return nil }
            return fees.arrears(of: person.unit, at: moment, zone: zone).map(\.account).first {
                !$0.isPresent && fees.owner(of: $0) == person.id
            }
        }
    }

    /// The same of a call that began at a moment: also an account that has paid all since.
    public func indebted(_ about: CallSubject, since beginning: Moment, at moment: Moment) -> Account? {
        if let account = indebted(about, at: moment) { return account }
        switch about {
        case .arrears(let unit):
            let account = fees.account(of: people.current(unit))
            return received(of: account, since: beginning) > .zero ? account : nil
        case .record(let id):
            guard let person = people.persons[Ref(id)], person.left != nil else { return nil }
            return fees.accounts(of: person.unit).first {
                !$0.isPresent && fees.owner(of: $0) == person.id && received(of: $0, since: beginning) > .zero
            }
        }
    }

    /// What an account has paid of bills since a moment.
    public func received(of account: Account, since beginning: Moment) -> Money {
        let bills = fees.bills(of: account.unit).filter { fees.account(of: $0) == account }
        return bills.flatMap(\.allocations).reduce(.zero) { sum, share in
            let isSince = fees.payments[share.payment].map { $0.received >= beginning } ?? false
            return isSince ? sum + share.amount : sum
        }
    }

    /// What is to be known before a household is called about its debt: its open requests, then what it owes now, what was
    /// promised, and whether it was called often enough or the hour is not one for calls (policy).
    func outlook(beforeCalling account: Account, at moment: Moment) -> [OutlookRow] {
        guard let arrears = fees.arrears(of: account, at: moment, zone: zone) else { return [] }
        let requests = requests.open(of: account.unit).prefix(3).map { request in
            let (kind, day) = (request.class.label, Day(request.opened, in: zone).short)
            return OutlookRow(
                Label(
                    "未办结工单：\(kind.chinese) \(request.text)（\(day) 受理）",
                    en: "open request: \(kind.english) \(request.text) (of \(day))"), weight: .strong)
        }
        let (owed, periods, days) = (arrears.owed.grouped, arrears.periods, arrears.days)
        let debt = OutlookRow(
            Label("现欠 \(owed)（\(periods) 期，逾期 \(days) 天）", en: "owes \(owed) (\(periods) bills, \(days) days overdue)"),
            weight: .strong)
        return requests + [debt] + cautions(beforeCalling: account, at: moment)
    }

    private func cautions(beforeCalling account: Account, at moment: Moment) -> [OutlookRow] {
        let rules = handbook.collecting.rhythm
        var rows: [OutlookRow] = []
        let contacts = contacts(of: account.unit)
        if let last = contacts.first {
            let day = Day(last.at, in: zone).short
            rows.append(OutlookRow(Label("上次 \(day)：\(last.outcome)", en: "last on \(day): \(last.outcome)")))
        }
        if let promise = fees.outstandingPromise(of: account.unit)?.promise {
            let isBroken = promise < Day(asOf: moment, in: zone)
            rows.append(
                OutlookRow(
                    Label(
                        "承诺 \(promise.text) 付款\(isBroken ? "，失约" : "")",
                        en: "promised for \(promise.text)\(isBroken ? ", broken" : "")")))
        }
        let times = remindedLately(account.unit, at: moment)
        if times >= rules.times {
            rows.append(
                OutlookRow(
                    Label(
                        "\(rules.days) 天内已催 \(times) 次（不超过 \(rules.times) 次）",
                        en: "reminded \(times) times in \(rules.days) days (at most \(rules.times))"), weight: .strong))
        }
        let hour = moment.seconds(since: Day(asOf: moment, in: zone).start(in: zone)) / 3600
        if !(rules.fromHour..<rules.toHour).contains(hour) {
            rows.append(
                OutlookRow(
                    Label(
                        "现在不在 \(rules.fromHour):00–\(rules.toHour):00",
                        en: "it is not between \(rules.fromHour):00 and \(rules.toHour):00"), weight: .strong))
        }
        return rows
    }

    /// How often a household was reminded in the last days (policy: 7).
    private func remindedLately(_ unit: UnitCode, at moment: Moment) -> Int {
        let since = moment.adding(seconds: -handbook.collecting.rhythm.days * 86400)
        return contacts(of: unit).count { $0.at > since && $0.at <= moment }
    }
}

extension ViewRow<ArrearsView> {
    /// Whether the household is the next to be called: not today yet, not before what it promised, and not more often than
    /// the policy says.
    public var isToBeCalled: Bool {
        let rules = estate.handbook.collecting.rhythm
        let since = context.moment.adding(seconds: -rules.days * 86400)
        let lately = estate.contacts(of: subject.unit).filter { $0.at > since }
        return standing != .open && lately.count < rules.times
            && !lately.contains { Day($0.at, in: context.zone) == context.day }
    }
}
