import Estate
import Screen

extension Command {
    /// From anywhere to the emergency: the card of the one under way, or the choice of a kind.
    ///
    /// `Alt-J` (急, jí) and `Ctrl-End`: no terminal, multiplexer or input method that ``KeyInterceptor`` knows takes them, and
    /// no text field uses them. A terminal without Alt (macOS) sends `Ctrl-End`, one without `Ctrl-End` (a Linux console)
    /// sends Alt. What is half filled in is set aside and comes back after it.
    static let emergency = Command(
        "emergency", Label("应急", en: "Emergency"),
        doc: Label("紧急情况或演练：选情况，按步骤做，记时刻、告知和点名", en: "an emergency or a drill: the steps, the clock, the roll call"),
        keys: [.alt("j"), .controlled(.end)], priority: 0,
        // Pressed twice it opens one menu.
        parksLayers: { session, context in
            let top = session.layers.last
            return !(top is IncidentLayer) && (top as? MenuLayer)?.name != emergencyMenu
                && context.disabledReason(OpenIncident.self) == nil
        },
        disabledReason: { _, context in context.disabledReason(OpenIncident.self) },
        run: { session, context in
            let isOnCard = session.layers.last is IncidentLayer
            if !isOnCard, let open = context.estate.incidents.open.last {
                return .open(IncidentLayer(open.id, context))
            }
            return .open(kindMenu(isOnCard: isOnCard, context))
        })

    private static let emergencyMenu = "emergency"

    /// The kinds by their digits, then the incidents under way.
    private static func kindMenu(isOnCard: Bool, _ context: Context) -> MenuLayer {
        // The card below gives way to the next one.
        let leaving: [Intent] = isOnCard ? [.closeLayer] : []
        let rule = context.estate.handbook.incidents
        let kinds = rule.kinds.map { kind in
            let (count, isOwn) = (rule[kind]?.steps.count ?? 0, rule[kind]?.supplied ?? false)
            let doc =
                isOwn
                ? Label("\(count) 步", en: "\(count) steps") : Label("\(count) 步，占位", en: "\(count) steps, placeholder")
            return MenuLayer.Item(
                label: context.estate.title(ofIncident: kind), doc: doc,
                intents: [.open(natureMenu(of: kind, leaving, context))])
        }
        let open = context.estate.incidents.open.reversed().map { incident in
            MenuLayer.Item(
                label: Label(
                    "进行中：\(incident.kind)", en: "under way: \(context.estate.title(ofIncident: incident.kind).english)"),
                doc: Label(context.clock(incident.opened), en: context.clock(incident.opened)),
                intents: leaving + [.open(IncidentLayer(incident.id, context))])
        }
        return MenuLayer(
            title: Line(context(Label("应急 · 什么情况？", en: "Emergency · what is it?")), .title), items: kinds + open,
            isNumbered: true, name: emergencyMenu)
    }

    /// Real or a drill: it has to be said, with Enter. A digit of what is typed about the place would choose one unasked.
    private static func natureMenu(of kind: String, _ leaving: [Intent], _ context: Context) -> MenuLayer {
        let title = context.estate.title(ofIncident: kind)
        func item(_ label: Label, _ doc: Label, isDrill: Bool) -> MenuLayer.Item {
            MenuLayer.Item(
                label: label, doc: doc,
                intents: leaving + [
                    .perform(
                        OpenIncident(kind: kind, isDrill: isDrill),
                        done: Label("\(kind)：已开始计时", en: "\(title.english): the clock runs"), then: [.run("emergency")])
                ])
        }
        return MenuLayer(
            title: Line(context(Label("\(kind) · 真实还是演练？", en: "\(title.english) · real or a drill?")), .title),
            items: [
                item(Label("真实", en: "Real"), Label("现在发生的", en: "it is happening"), isDrill: false),
                item(Label("演练", en: "Drill"), Label("记录同样保留", en: "kept all the same"), isDrill: true),
            ], name: emergencyMenu)
    }
}
