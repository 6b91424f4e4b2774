import Estate
import Screen

/// Chooses the member whose PIN a manager sets.
struct StaffPINLayer: ChoiceLayer {
    var list: ChoiceList<StaffMember>

    init(_ context: Context) {
        list = ChoiceList(members: context.estate.staff.present.filter { $0.code != context.member?.code }, context)
    }

    mutating func take(_ member: StaffMember, _ context: Context) -> LayerResult {
        .dismissed([.open(PINLayer(isKnown: false, of: member))])
    }

    func heading(_ context: Context) -> ChoiceHeading {
        ChoiceHeading(
            title: Line(context(Label("为谁设密码", en: "Whose PIN?")), .title), placeholder: .memberPlaceholder,
            empty: .noSuchMember)
    }

    func hints(_ context: Context) -> [KeyHint] { .choosing(Label("输入密码", en: "type it"), context) }
}
