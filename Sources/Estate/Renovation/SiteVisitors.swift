import Handbook
import Journal

// Workers at the gate, and noise on the telephone: what is known is told, nobody is kept out.

extension Renovations {
    /// What a visit for works meets: passes that are missing, early, expired or withdrawn, and the hours.
    static func notices(of visit: ExpectedVisit, in estate: Estate, at moment: Moment) -> [VisitNotice] {
        guard estate.handbook.renovation.isWork(visit.purpose), estate.people.units[visit.host] != nil else {
            return []
        }
        let day = Day(moment, in: estate.zone)
        let known = estate.renovations.of(visit.host).filter { renovation in
            renovation.ended.map { Day($0, in: estate.zone).adding(gateDays) >= day } ?? true
        }
        let names = visit.name.split { "、，,/ ".contains($0) }.map(String.init)
        let passes = names.compactMap { estate.notice(of: $0, in: known, to: visit.host, on: day) }
        let hours = estate.noisyWork(at: moment)
        return passes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            + (hours.isAllowed ? [] : [VisitNotice("work.hours", hours.words)])
    }

    /// The hours of noisy work, where a demand tells of noise, and who has works nearby.
    static func notices(onDemand text: String, of unit: UnitCode?, in estate: Estate, at moment: Moment) -> [Label] {
        guard estate.handbook.renovation.isNoise(text) else { return [] }
        let day = Day(moment, in: estate.zone)
        let near = unit.map { unit in
            estate.renovations.open.filter {
                estate.permitState(of: $0, on: day) == .valid && $0.unit.text.stair == unit.text.stair
            }
        }
        return [estate.noisyWork(at: moment).words]
            + (near ?? []).map {
                Label(
                    "\($0.unit.text) 在装修，到 \($0.until?.short ?? "—")（\($0.contractor)）",
                    en: "\($0.unit.text) is being renovated, until \($0.until?.short ?? "-") (\($0.contractor))")
            }
    }
}

extension String {
    /// A unit's code without its room: units of one stair agree in it.
    fileprivate var stair: Substring { lastIndex(of: "-").map { self[..<$0] } ?? self[...] }
}

extension Estate {
    /// What the gate is told of one worker; `nil` of one with a valid pass.
    fileprivate func notice(
        of name: String, in cases: [RenovationCase], to host: UnitCode, on day: Day
    ) -> VisitNotice? {
        let own = cases.last { renovations.passes(of: $0).contains { $0.name.value == name } }
        guard let renovation = own ?? cases.last(where: \.isOpen) ?? cases.last else {
            return VisitNotice(
                "pass.none", Label("\(host.text) 没有装修登记", en: "no renovation of \(host.text) is registered"))
        }
        if renovation.withdrawn != nil {
            return VisitNotice(
                "pass.withdrawn",
                Label("\(host.text) 的装修已撤回，出入证作废", en: "the renovation of \(host.text) was withdrawn"))
        }
        switch permitState(of: renovation, on: day) {
        case .ended:
            return VisitNotice(
                "pass.expired", Label("\(host.text) 的装修已完工，出入证失效", en: "the works in \(host.text) are over"))
        case .expired:
            let until = renovation.until?.short ?? ""
            return VisitNotice(
                "pass.expired",
                Label("\(host.text) 的施工期 \(until) 已过，出入证失效", en: "the works in \(host.text) ended on \(until)"))
        case .early:
            let from = renovation.agreement?.from.short ?? ""
            return VisitNotice(
                "pass.early", Label("\(host.text) 约定 \(from) 开工", en: "the works in \(host.text) begin on \(from)"))
        case .valid:
            return own == nil
                ? VisitNotice(
                    "pass.none", Label("\(name) 没有 \(host.text) 的出入证", en: "\(name) has no pass for \(host.text)"))
                : nil
        case nil:
            return VisitNotice(
                "pass.none", Label("\(host.text) 的装修登记还没办好，不能开工", en: "works in \(host.text) may not begin yet"))
        }
    }
}
