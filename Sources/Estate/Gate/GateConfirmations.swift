import Journal

extension Visit {
    /// The facts by which a guard knows a visitor who leaves.
    fileprivate func facts(in estate: Estate, at moment: Moment) -> [Label?] {
        let minutes = max(0, moment.seconds(since: arrived) / 60)
        let since = arrived.display(zone: estate.zone, language: .chinese).suffix(5)
        return [
            count > 1 ? .fact(Label("人数", en: "People"), String(count)) : nil,
            plate.map { .fact(Label("车牌", en: "Plate"), $0.text) },
            .fact(
                Label("停留", en: "Stay"), "\(minutes / 60) 小时 \(minutes % 60) 分（\(since) 进入）",
                en: "\(minutes / 60) h \(minutes % 60) min (came \(since))"),
        ]
    }
}

extension ArriveVisitor {
    /// Asks about a recognised plate that is inside already, and about the same name at the same host.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard again != true, count != 0, let host = try? host.resolve(in: estate).unit,
            let known = plate.flatMap({ estate.inside(with: $0) }) ?? estate.inside(named: name.text, at: host)
        else { return nil }
        var agreed = self
        agreed.again = true
        return Confirmation(
            Label(
                "\(known.name)（\(known.host.text)）已在场，再登记一次？",
                en: "\(known.name) (\(known.host.text)) is inside already: register again?"),
            known.facts(in: estate, at: moment), yes: Label("再登记", en: "register again"), agreed: agreed)
    }
}

extension LeaveVisitor {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.gate.visits[visit], known.isInside else { return nil }
        return Confirmation(
            Label("\(known.name)（\(known.host.text)）现在离场？", en: "\(known.name) (\(known.host.text)) leaves now?"),
            known.facts(in: estate, at: moment), yes: Label("离场", en: "leaves"))
    }
}

extension LoseVisitor {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.gate.visits[visit], known.isInside else { return nil }
        return Confirmation(
            Label(
                "\(known.name)（\(known.host.text)）已不在，离场时间不详？",
                en: "\(known.name) (\(known.host.text)) is gone, nobody knows since when?"),
            known.facts(in: estate, at: moment) + [.fact(Glossary.label(of: "why"), why)],
            yes: Label("离场不详", en: "gone"))
    }
}
