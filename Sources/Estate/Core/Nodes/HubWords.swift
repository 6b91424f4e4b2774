import Journal

// What is said of the hub (中心库) that a folder is kept in step with.

extension HubStatus {
    /// For the status bar. `isGood`: both have all that the other had.
    public func short(at now: Moment) -> (label: Label, isGood: Bool) {
        let hub = Label("中心库", en: "hub")
        func with(_ words: Label) -> Label {
            let left = [
                unsent > 0 ? Label("待传 \(unsent)", en: "\(unsent) to send") : nil,
                unheard > 0 ? Label("待收 \(unheard)", en: "\(unheard) to come") : nil,
            ].compactMap { $0 }
            return ([hub, words] + left).filter { !$0.chinese.isEmpty }.joined(separator: " ")
        }
        if !isCurrent(at: now) { return (with(Label("没有运行", en: "not running")), false) }
        if trouble == .unreachable { return (with(Label("断开", en: "cut off")), false) }
        if trouble != nil { return (with(Label("有误", en: "in trouble")), false) }
        if !stops.isEmpty { return (with(Label("有节点停传", en: "a node is held")), false) }
        if unsent + unheard > 0 { return (with(Label("", en: "")), true) }
        return (Label("中心库 已同步", en: "hub in step"), true)
    }

    /// The alarm to show while it lasts: records of one number that differ.
    var alarm: Label? {
        guard let stop = stops.first(where: { [.fork, .putBack].contains($0.trouble) }) else { return nil }
        return Label("节点 \(stop.node) 记录分叉", en: "the log of \(stop.node) is forked")
    }

    /// What is to be said, once, of what does not pass by itself.
    public var notices: [Label] {
        let lasting = trouble.flatMap { [.unreachable, .busy].contains($0) ? nil : $0 }
        return stops.map(\.label) + (lasting.map { [Label.ofHub(trouble: $0, detail: detail)] } ?? [])
    }

    /// How far each node's log was sent and heard, for `frontdesk hub --status`.
    public func lines(zone: Zone, at now: Moment) -> [Label] {
        var lines = [Label("中心库：\(hub)", en: "hub: \(hub)"), short(at: now).label]
        if let reached {
            let time = (
                reached.display(zone: zone, language: .chinese), reached.display(zone: zone, language: .english)
            )
            lines.append(Label("上次连通：\(time.0)", en: "last reached: \(time.1)"))
        }
        if let trouble { lines.append(Label.ofHub(trouble: trouble, detail: detail)) }
        for log in logs {
            let (unsent, unheard, keys) = (log.unsent, log.unheard, log.unconfirmedKeys)
            lines.append(
                Label(
                    "节点 \(log.node)：本机 \(log.here)，中心库 \(log.hub)"
                        + (unsent > 0 ? "，待传 \(unsent)" : "") + (unheard > 0 ? "，待收 \(unheard)" : "")
                        + (keys > 0 ? "，\(keys) 个到期的密钥未销毁" : ""),
                    en: "node \(log.node): \(log.here) here, \(log.hub) in the hub"
                        + (unsent > 0 ? ", \(unsent) to send" : "") + (unheard > 0 ? ", \(unheard) to come" : "")
                        + (keys > 0 ? ", \(keys) ended keys not confirmed" : "")))
        }
        return lines + stops.map(\.label)
    }
}

extension HubStatus.Stop {
    /// The trouble and the remedy.
    var label: Label {
        switch trouble {
        case .fork:
            Label(
                "节点 \(node) 第 \(sequence) 条有两份不同的记录，都已保留：那台机器被复制或还原过，请用 restore 换节点名",
                en:
                    "node \(node) has two different records of number \(sequence), both kept: its machine was cloned or put back; restore one of them under another node name"
            )
        case .putBack:
            Label(
                "中心库里节点 \(node) 有本机没有的记录（第 \(sequence) 条起）：文件夹被还原过，请用 restore 换节点名",
                en:
                    "the hub has records of node \(node) that this folder lacks, from number \(sequence): it was put back; restore it under another node name"
            )
        case .gap:
            Label(
                "中心库缺节点 \(node) 第 \(sequence) 条，等有这条的机器补上",
                en: "the hub lacks record \(sequence) of node \(node), until a machine that has it fills it in")
        case .hubDamaged:
            Label(
                "中心库里节点 \(node) 第 \(sequence) 条被改过，没有收下",
                en: "record \(sequence) of node \(node) was altered in the hub and is not taken")
        case .damaged:
            Label(
                "本机里节点 \(node) 的日志从第 \(sequence) 条起有损坏：frontdesk verify",
                en: "the log of node \(node) here is damaged from record \(sequence) on: frontdesk verify")
        case .refused:
            Label(
                "中心库不收节点 \(node) 第 \(sequence) 条", en: "the hub does not take record \(sequence) of node \(node)")
        }
    }
}

extension Label {
    /// Why there is no connection, by its code, and the remedy. `detail`: what the system or the server says.
    public static func ofHub(trouble: HubTrouble, detail: String) -> Label {
        let words: Label =
            switch trouble {
            case .unreachable:
                Label("连不上中心库，记录照常，会自己再试", en: "the hub cannot be reached; work goes on, it is tried again")
            case .library:
                Label(
                    "没有 libpq（14 以上）：apt-get install libpq5",
                    en: "there is no libpq (14 or later): apt-get install libpq5")
            case .setting:
                Label(
                    "中心库设置损坏，请重设：frontdesk hub 地址", en: "the hub's setting is damaged; set it again: frontdesk hub URL")
            case .address: Label("中心库地址有误", en: "the hub's address cannot be understood")
            case .passwordInAddress:
                Label(
                    "地址里不能写密码，别人看得见：写进文件，用 --password-file",
                    en: "a password in the address can be seen by others: put it in a file and use --password-file")
            case .passwordFile:
                Label("中心库密码文件读不到，或别人也能读", en: "the hub's password file cannot be read, or others may read it")
            case .insecure:
                Label(
                    "中心库在别的机器上，须验证证书（sslmode=verify-full）",
                    en: "the hub is on another machine, so its certificate must be verified (sslmode=verify-full)")
            case .login: Label("中心库不接受这个用户或密码", en: "the hub refuses the login or its password")
            case .certificate: Label("中心库的证书验证不了", en: "the hub's certificate cannot be verified")
            case .schema:
                Label(
                    "中心库还没有建表：把 frontdesk hub --sql 交给数据库管理员执行",
                    en: "the hub has no tables yet: have its administrator run what frontdesk hub --sql prints")
            case .newer:
                Label(
                    "中心库是新版程序建的：请先升级本机的 frontdesk",
                    en: "the hub was set up by a newer program: update frontdesk on this machine first")
            case .estate: Label("这个中心库属于另一个小区", en: "this hub belongs to another estate")
            case .denied: Label("中心库没有给这个用户权限", en: "the hub gives this login no rights")
            case .full: Label("中心库的磁盘满了", en: "the hub's disk is full")
            case .damaged: Label("中心库里的记录有误", en: "the hub's records are damaged")
            case .copy:
                Label(
                    "这是复制来的文件夹，不与中心库同步；要同步，开始记录后重新设置 frontdesk hub",
                    en:
                        "this folder is a copy and exchanges nothing; once it has recorded, set its hub anew to have it exchanged"
                )
            case .busy:
                Label(
                    "本机另一个程序占着数据，会自己再试", en: "another program of this machine holds the data; it is tried again")
            case .journal:
                Label("本机数据文件夹读写出错，没有同步", en: "this machine's data folder failed; nothing is exchanged")
            case .server: Label("中心库出错", en: "the hub reports an error")
            }
        return detail.isEmpty ? words : Label("\(words.chinese)（\(detail)）", en: "\(words.english) (\(detail))")
    }
}

extension [Label] {
    fileprivate func joined(separator: String) -> Label {
        Label(map(\.chinese).joined(separator: separator), en: map(\.english).joined(separator: separator))
    }
}

extension Store {
    /// Reads what the process that keeps the folder in step has written last. What was recorded since then, such as while
    /// the hub is gone, is counted as well.
    func noteHub() {
        var status = HubStatus(in: folder, disk: disk)
        for index in (status?.logs ?? []).indices {
            guard let log = status?.logs[index], let node = estate.nodes[log.node] else { continue }
            status?.logs[index].here = max(log.here, node.sequence)
        }
        if estate.nodes.hub != status { estate.nodes.hub = status }
    }

    /// How far this folder and its hub are in step; `nil` without a hub.
    public var hub: HubStatus? { estate.nodes.hub }
}
