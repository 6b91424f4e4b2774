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
    /// Asks about a recognised plate that is inside already, about the same name at the same host, and about a room that
    /// does not exist, which may be mistyped.
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard again != true, count != 0, let resolved = try? host.resolve(in: estate) else { return nil }
        guard
            let known = plate.flatMap({ estate.inside(with: $0) })
                ?? estate.inside(named: name.text, at: resolved.unit)
        else {
            guard resolved.state == .unknown, (try? UnitCode(text: host.text, zone: estate.zone)) != nil else {
                return nil
            }
            return Confirmation(
                Label("没有这个房号：\(host.text)，照登标“未找到”？", en: "there is no unit \(host.text): record it as unknown?"),
                [], yes: Label("照登", en: "record it"))
        }
        var agreed = self
        agreed.again = true
        return Confirmation(
            Label(
                "\(known.name)（\(known.hostName)）已在场，再登记一次？",
                en: "\(known.name) (\(known.hostName)) is inside already: register again?"),
            known.facts(in: estate, at: moment), yes: Label("再登记", en: "register again"), agreed: agreed)
    }
}

extension LeaveVisitor {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        let all = visits.compactMap { estate.gate.visits[$0] }.filter(\.isInside)
        guard let first = all.first, all.count == visits.count else { return nil }
        if all.count > 1 {
            let people = all.people
            return Confirmation(
                Label("\(all.count) 批共 \(people) 人现在离场？", en: "\(all.count) visits, \(people) people, leave now?"),
                all.map { $0.line(at: moment) }, yes: Label("离场", en: "leave"))
        }
        let exit = (plate.value ?? nil).flatMap { first.differs(from: $0) ? $0 : nil }
        let part = count.flatMap { $0 < first.count ? $0 : nil }
        let who = "\(first.name)（\(first.hostName)）"
        return Confirmation(
            part.map {
                Label(
                    "\(who)\($0) 人现在离场，\(first.count - $0) 人留下？",
                    en: "\($0) with \(first.name) (\(first.hostName)) leave now, \(first.count - $0) stay?")
            } ?? Label("\(who)现在离场？", en: "\(first.name) (\(first.hostName)) leaves now?"),
            [
                exit.map {
                    Label(
                        "车牌不符：离场 \($0.text)，进场 \(first.plate?.text ?? "无")",
                        en: "another plate: \($0.text) leaves, \(first.plate?.text ?? "none") came")
                }
            ] + first.facts(in: estate, at: moment), yes: Label("离场", en: "leaves"))
    }
}

extension Visit {
    /// 张三等 3 人（3-2-501）浙A12345 0:12: a visitor among several who leave.
    fileprivate func line(at moment: Moment) -> Label {
        let minutes = max(0, moment.seconds(since: arrived) / 60)
        let stay = "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
        let car = plate.map { " \($0.text)" } ?? ""
        return Label(
            "\(name)\(count > 1 ? "等 \(count) 人" : "")（\(hostName)）\(car) \(stay)",
            en: "\(name)\(count > 1 ? " ×\(count)" : "") (\(hostName))\(car) \(stay)")
    }
}

extension LoseVisitor {
    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.gate.visits[visit], known.isInside else { return nil }
        return Confirmation(
            Label(
                "\(known.name)（\(known.hostName)）已不在，离场时间不详？",
                en: "\(known.name) (\(known.hostName)) is gone, nobody knows since when?"),
            known.facts(in: estate, at: moment) + [.fact(Glossary.label(of: "why"), why)],
            yes: Label("离场不详", en: "gone"))
    }
}
