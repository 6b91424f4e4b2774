import Estate
import struct Journal.Moment

/// What the console sees of the world while it handles one event or draws one picture.
struct Context {
    /// The estate and the present moment, as views take them.
    let view: ViewContext
    let language: Language
    /// Who has signed in.
    let member: StaffMember?
    /// What is wrong with the journal or its disk, as long as it is.
    var alarm: Label?
    var keys = KeyTable()
    /// Whether the whole history is there, or only what today's work needs.
    var isWhole = true
    /// Whether the mouse may be the console's at all.
    var hasMouse = true

    init(
        estate: Estate, now: Moment, language: Language, member: StaffMember?, alarm: Label? = nil,
        keys: KeyTable = KeyTable(), isWhole: Bool = true, hasMouse: Bool = true
    ) {
        view = ViewContext(estate, at: now)
        (self.language, self.member, self.alarm, self.keys) = (language, member, alarm, keys)
        (self.isWhole, self.hasMouse) = (isWhole, hasMouse)
    }

    var estate: Estate { _read { yield view.estate } }
    var now: Moment { view.moment }
    var today: Day { Day(now, in: estate.zone) }
    /// What typed dates are counted from.
    var present: Present { Present(now, in: estate.zone) }

    func callAsFunction(_ label: Label) -> String { label[language] }

    /// Why the signed-in member may not do an action, and who may; `nil` if they may.
    func whyNot(_ action: any Action.Type) -> Label? {
        guard let member else { return Label("请先登录", en: "sign in first") }
        return estate.staff.whyNot(member, action)
    }

    /// `15:41` today, `11-23 15:41` on another day.
    func clock(_ moment: Moment) -> String {
        let text = moment.display(zone: estate.zone, language: language)
        return Day(moment, in: estate.zone) == today ? String(text.suffix(5)) : String(text.dropFirst(5))
    }

    /// How long something has lasted: `0:25` on its first day, then in days.
    func elapsed(since moment: Moment) -> Label {
        let days = today.days(since: Day(moment, in: estate.zone))
        if days > 0 { return Label("\(days) 天", en: "\(days) d") }
        let hours = Context.duration(now.seconds(since: moment))
        return Label(hours, en: hours)
    }

    /// `0:25`, in hours and minutes.
    static func duration(_ seconds: Int) -> String {
        sixties(max(0, seconds) / 60)
    }

    /// A count as whole sixties and the rest: seconds as `0:42`.
    static func sixties(_ count: Int) -> String {
        "\(count / 60):\(count % 60 < 10 ? "0" : "")\(count % 60)"
    }
}
