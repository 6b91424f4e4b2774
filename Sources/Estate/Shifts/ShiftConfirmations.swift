import Journal

extension OpenShift {
    /// Shows the handover that waits at the post, which opening a shift does not acknowledge.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let canonical = Posts.canonical(post.text)
        guard let last = estate.shifts.handoversToTake.first(where: { Posts.canonical($0.post) == canonical }),
            last.acknowledged == nil, let notes = last.notes
        else { return nil }
        let name = estate.staff.name(of: last.staff)
        return Confirmation(
            Label("\(last.post) 接班，不签收 \(name) 的交班？", en: "Open \(last.post) without signing for \(name)'s handover?"),
            [.fact(Label("交接事项", en: "Notes"), notes)], yes: Label("接班", en: "open"))
    }
}

extension AcknowledgeShift {
    /// Asks whether to sign for the handover of a closed shift, or to take over an open one, which is closed with it.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.shifts[shift], known.acknowledged == nil else { return nil }
        let name = estate.staff.name(of: known.staff)
        let visitors = estate.gate.handover(at: known.post)
        let left = estate.handoverNotes(at: moment)
        guard let closed = known.closed else {
            return Confirmation(
                Label("接 \(name) 的班（\(known.post)）？", en: "Take over from \(name) (\(known.post))?"), [visitors] + left,
                yes: Label("接班", en: "take over"))
        }
        let time = closed.clock(on: Day(moment, in: estate.zone), in: estate.zone)
        let next = known.next.map { estate.staff.name(of: $0) } ?? "—"
        return Confirmation(
            Label(
                "签收 \(name) 的交班，接 \(known.post) 的班？", en: "Sign for \(name)'s handover and take over \(known.post)?"),
            [
                Label("\(time) 交给 \(next)", en: "\(time), to \(next)"), visitors,
                .fact(Label("交接事项", en: "Notes"), known.notes ?? "无", en: known.notes ?? "none"),
            ] + left, yes: Label("签收接班", en: "sign and take over"))
    }
}

extension CloseShift {
    /// What is left to the next shift besides the visitors.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        estate.handoverNotes(at: moment).map { OutlookRow($0, weight: .strong) }
    }
}

extension Estate {
    /// What the features leave to the next shift: overdue keys and parcels, an emergency under way.
    public func handoverNotes(at moment: Moment) -> [Label] {
        Estate.features.flatMap { $0.handoverNotes(in: self, at: moment) }
    }
}

extension Gate {
    /// 移交 5 人：张三(3-2-501)、李雷等 3 人(3-2-502): the visitors that a handover of a post hands over.
    public func handover(at post: String) -> Label {
        let visits = inside(at: post)
        if visits.isEmpty { return Label("无在场访客", en: "nobody is inside") }
        let names = visits.map { ($0.count > 1 ? "\($0.name)等 \($0.count) 人" : $0.name) + "(\($0.hostName))" }
        let english = visits.map { ($0.count > 1 ? "\($0.name) ×\($0.count)" : $0.name) + " (\($0.hostName))" }
        let count = visits.people
        return Label(
            "移交 \(count) 人：\(names.joined(separator: "、"))",
            en: "hand over \(count): \(english.joined(separator: ", "))")
    }
}
