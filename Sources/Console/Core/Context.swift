import Estate
import Screen
import struct Journal.Moment

/// What the status bar says of the hub.
struct HubWords: Equatable {
    let label: Label
    let isGood: Bool

    /// `nil` without a hub.
    init?(_ store: Store) {
        guard let (label, isGood) = store.hub?.short(at: store.now) else { return nil }
        (self.label, self.isGood) = (label, isGood)
    }
}

/// The session's surroundings while it handles one event or draws one picture: estate, time, member, keys, language.
struct Context {
    /// The estate and the present moment, as views take them.
    private(set) var view: ViewContext
    /// The store's ``Store/generation``.
    let generation: Int
    /// How often the figures of months that are over were read.
    let pastReadings: Int
    let language: Language
    /// The member who has signed in.
    let member: StaffMember?
    /// A fault of the journal or its disk that persists.
    var alarm: Label?
    /// The keys in force, those of the member's role included.
    var keys = KeyTable()
    /// How far the hub is in step, and whether that is as it should be; `nil` without a hub.
    var hub: HubWords?
    /// The node that the console records on.
    var node = ""
    /// Whether the state holds the whole history, not only what today's work needs.
    var hasFullHistory: Bool
    /// Whether the rest of the history could not be read.
    var historyFailed = false
    /// Whether the console may use the mouse at all.
    var hasMouse = true
    /// The size of the last picture; how far a text scrolls depends on it.
    var screen = Size(width: 80, height: 24)

    init(
        estate: Estate, now: Moment, language: Language, member: StaffMember?, alarm: Label? = nil,
        keys: KeyTable = KeyTable(), generation: Int = 0, hasFullHistory: Bool, hasMouse: Bool = true,
        past: PastFigures = .none, pastReadings: Int = 0, present: PresentFigures = PresentFigures()
    ) {
        (self.generation, self.pastReadings) = (generation, pastReadings)
        view = ViewContext(
            estate, at: now, for: member?.role, member: member?.code, past: past, present: present)
        (self.language, self.member, self.alarm, self.keys) = (language, member, alarm, keys)
        (self.hasFullHistory, self.hasMouse) = (hasFullHistory, hasMouse)
    }

    /// The same surroundings at another moment.
    func at(_ moment: Moment) -> Context {
        var context = self
        context.view = ViewContext(view, at: moment)
        return context
    }

    /// The surroundings at the beginning of the running minute or second, so that what is drawn does not change within it.
    func since(_ tick: ClockTick) -> Context { at(start(of: tick)) }

    /// The beginning of the running minute or second, within a millisecond.
    func start(of tick: ClockTick) -> Moment {
        let length = tick.rawValue
        let start = now.milliseconds - (now.milliseconds % length + length) % length
        // 0:00 sharp belongs to the day that ends (Rules, Time), all that follows to the next.
        let isMidnight = now.milliseconds == start && view.day != today
        return Moment(milliseconds: isMidnight ? start : start + 1)
    }

    var estate: Estate { _read { yield view.estate } }
    var now: Moment { view.moment }
    var today: Day { Day(now, in: view.zone) }
    /// The base of relative dates such as 明天.
    var present: Present { Present(now, in: view.zone) }

    /// Whether the member has recorded an action with this idempotency key.
    func holdsReceipt(for key: String) -> Bool { member.map { estate.hasReceipt(for: key, of: $0.code) } ?? false }

    /// What stands for a figure of records that are still being read.
    var loading: Label {
        historyFailed
            ? Label("历史没能读出", en: "history could not be read")
            : Label("数据载入中…", en: "the records are still being read…")
    }

    func callAsFunction(_ label: Label) -> String { label[language] }

    /// Why the member may not do an action on this node, and who or where may; `nil` if they may.
    func disabledReason(_ action: any Action.Type) -> Label? {
        guard let member else { return Label("请先登录", en: "sign in first") }
        return estate.staff.disabledReason(of: member, action) ?? action.disabledReason(in: estate, on: node)
    }

    /// `15:41` today, `11-23 15:41` on another day.
    func clock(_ moment: Moment) -> String { moment.clock(on: today, in: view.zone) }

    /// The time since a moment: `0:25` (hours and minutes) on its first day, then in days.
    func elapsed(since moment: Moment) -> Label {
        let days = today.days(since: Day(moment, in: view.zone))
        if days > 0 { return Label("\(days) 天", en: "\(days) d") }
        let hours = Context.duration(now.seconds(since: moment))
        return Label(hours, en: hours)
    }

    /// `0:25`: hours and minutes.
    static func duration(_ seconds: Int) -> String {
        sixties(max(0, seconds) / 60)
    }

    /// Seconds as minutes and seconds, or minutes as hours and minutes: 42 as `0:42`.
    static func sixties(_ count: Int) -> String {
        "\(count / 60):\(count % 60 < 10 ? "0" : "")\(count % 60)"
    }
}

/// How long what is drawn holds, if nothing is recorded.
enum ClockGranularity: Sendable { case minute, day }

/// How often the clock in a picture changes, in milliseconds.
enum ClockTick: Int64 { case second = 1000, minute = 60_000 }
