import Estate

/// The list of the console's features: their windows and tabs, and the windows of each role. A new feature gets one entry
/// in ``all``, or a tab in a window; nothing else in the console names it.
enum Windows {
    static let all: [Window] = [
        Window(
            "calls", CallsView.label,
            [(CallsView.label, CallPane()), (Label("记录", en: "Log"), ViewPane<CallsView>())]),
        Window(
            "requests", RequestsView.label,
            [(RequestsView.label, ListPane<RequestList>()), (MattersView.label, ListPane<MatterList>())]),
        Window(ListPane<FollowUpList>()),
        Window(
            "fees", ArrearsView.label,
            [
                (ArrearsView.label, ListPane<FeeList>()), (BillsView.label, ViewPane<BillsView>()),
                (PaymentsView.label, ViewPane<PaymentsView>()), (Label("承诺", en: "Promises"), ViewPane<PromisesView>()),
                (ReceiptsView.label, ListPane<ReceiptList>()), (TillsView.label, ListPane<TillList>()),
                (ReconciliationView.label, ListPane<ReconciliationList>()),
            ]),
        Window(
            "collecting", Label("收缴", en: "Collection"),
            [
                (CollectionView.label, ListPane<CollectionList>()),
                (ArrearsReportList.label, ListPane<ArrearsReportList>()),
                (DunningsView.label, ViewPane<DunningsView>()), (LettersView.label, ViewPane<LettersView>()),
            ]),
        Window(
            "billing", BillingView.label,
            [
                (BillingView.label, ListPane<BillingList>()), (TariffsView.label, ViewPane<TariffsView>()),
                (MetersView.label, ViewPane<MetersView>()), (ReadingsView.label, ViewPane<ReadingsView>()),
                (PrepaymentsView.label, ViewPane<PrepaymentsView>()), (LateFeesView.label, ViewPane<LateFeesView>()),
            ]),
        Window(
            "gate", GateView.label,
            [
                (Label("来访", en: "Visitors"), ListPane<GateList>()), (VehiclesView.label, ViewPane<VehiclesView>()),
                (ShiftList.label, ListPane<ShiftList>()), (PatrolsView.label, ListPane<PatrolList>()),
                (IncidentsView.label, ListPane<IncidentList>()), (RegistersView.label, ListPane<RegisterList>()),
                (DrillsView.label, ListPane<DrillList>()),
            ]),
        Window(
            "expected", Label("访客名单", en: "Visitor lists"),
            [
                (ExpectedView.label, ViewPane<ExpectedView>()), (RefusalsView.label, ViewPane<RefusalsView>()),
                (BarsView.label, ViewPane<BarsView>()),
            ]),
        Window(
            "inspections", Label("巡检", en: "Checks"),
            [
                (Label("检查", en: "Checklist"), ListPane<InspectionList>()),
                (RectificationsView.label, ListPane<RectificationList>()),
                (Label("记录", en: "Log"), ListPane<InspectionLogList>()),
            ]),
        Window(
            "renovation", RenovationsView.label,
            [
                (RenovationsView.label, ListPane<RenovationList>()), (ViolationsView.label, ListPane<ViolationList>()),
                (PermitList.label, ListPane<PermitList>()),
            ]),
        Window(
            "surveys", Label("满意度", en: "Surveys"),
            [
                (Label("调查", en: "Surveys"), ListPane<SurveyList>()),
                (SurveyHouseholdList.label, ListPane<SurveyHouseholdList>()),
                (SurveyResultList.label, ListPane<SurveyResultList>()),
            ]),
        Window(
            "materials", Label("物资", en: "Materials"),
            [
                (StockView.label, ListPane<StockList>()), (OutgoingList.label, ListPane<OutgoingList>()),
                (PurchasesView.label, ListPane<PurchaseList>()), (StocktakesView.label, ListPane<StocktakeList>()),
                (MovementList.label, ListPane<MovementList>()),
            ]),
        Window(
            "month", Label("本月", en: "Month"),
            [
                (IndicatorList.label, ListPane<IndicatorList>()), (PlanList.label, ListPane<PlanList>()),
                (CallOnList.label, ListPane<CallOnList>()),
            ]),
        Window(
            "staff", Label("排班考核", en: "Roster and staff"),
            [
                (RosterList.label, ListPane<RosterList>()), (TrainingList.label, ListPane<TrainingList>()),
                (AssessmentList.label, ListPane<AssessmentList>()),
            ]),
        Window(
            "events", Label("文体活动", en: "Events"),
            [
                (EventList.label, ListPane<EventList>()), (EventTaskList.label, ListPane<EventTaskList>()),
                (Label("费用", en: "Costs"), ViewPane<EventCostsView>()),
            ]),
        Window(ListPane<DutyList>()),
        Window(
            "nodes", NodesView.label,
            [(NodesView.label, ViewPane<NodesView>()), (ConflictsView.label, ViewPane<ConflictsView>())]),
        Window("imports", ImportsView.label, [(ImportsView.label, ViewPane<ImportsView>())]),
        Window(ListPane<ParticularsList>()),
    ]

    /// The windows without the tabs that a role must not see.
    static func visible(to role: Role?) -> [Window] {
        guard let role else { return all }
        return all.compactMap { window in
            var window = window
            window.tabs.removeAll { $0.pane.hiddenFrom.contains(role) }
            return window.tabs.isEmpty ? nil : window
        }
    }

    /// Commands of features without a window of their own; they work everywhere.
    static let commands: [Command] = [
        .phrases, DutyList.waiting, .emergency, .eraseParticulars, .holdParticulars,
    ]

    /// The commands of layers that have their own, each with the layer's name.
    static let layers: [(label: Label, commands: [Command])] = [
        (Label("房号卡", en: "Unit's card"), UnitCardCommand.commands)
    ]

    /// The windows of a role: those on the keys from F2 on, and those that a wide screen shows side by side.
    private struct Layout {
        let keys: [String]
        let arrangement: Arrangement
        /// The windows whose counts the status bar shows. A ringing telephone shows on every bar.
        let badges: Set<String>

        /// `share`: the left column's share of the width, in percent.
        init(
            keys: [String], left: [(pane: String, weight: Int)], right: [(pane: String, weight: Int)], share: Int,
            badges: Set<String> = ["followups", "gate", "duties"]
        ) {
            (self.keys, self.badges) = (keys, badges)
            arrangement = Arrangement(left: left, right: right, share: share)
        }
    }

    private static let standard = Layout(
        keys: ["calls", "requests", "followups", "fees", "gate", "inspections"],
        left: [("calls", 5), ("requests", 2)], right: [("followups", 1), ("fees", 1), ("gate", 1)], share: 45)

    /// `keys` follow that of the inspections.
    private static func supervision(_ keys: [String]) -> Layout {
        Layout(
            keys: ["inspections"] + keys,
            left: [("inspections", 1), ("followups", 1)], right: [("fees", 1), ("requests", 1)], share: 50,
            badges: ["followups", "gate", "duties", "materials"])
    }

    private static let layouts: [Role: Layout] = [
        .operator: standard,
        // A guard sees no debts.
        .guard: Layout(
            keys: ["gate", "calls", "followups", "requests", "inspections"],
            left: [("gate", 1)], right: [("calls", 3), ("followups", 2)], share: 60, badges: ["gate"]),
        // Renovations are the supervisor's work (5.3).
        .supervisor: supervision(["month", "renovation", "followups", "fees", "requests"]),
        .regional: supervision(["followups", "fees", "requests", "calls", "gate"]),
        .administrator: Layout(
            keys: ["followups", "requests", "fees", "gate", "calls", "inspections"],
            left: [("followups", 1)], right: [("requests", 1), ("fees", 1), ("gate", 1)], share: 52),
        .finance: Layout(
            keys: ["fees", "collecting", "billing", "followups", "requests", "calls"],
            left: [("fees", 1)], right: [("followups", 1), ("requests", 1)], share: 56),
        .manager: Layout(
            keys: ["month", "followups", "requests", "fees", "inspections", "gate"],
            left: [("month", 1)], right: [("followups", 1), ("requests", 1), ("fees", 1)], share: 58),
        .keeper: Layout(
            keys: ["materials", "requests", "followups", "calls", "gate", "inspections"],
            left: [("materials", 1)], right: [("requests", 1), ("followups", 1)], share: 60,
            badges: ["duties", "materials"]),
    ]

    private static func layout(of role: Role?) -> Layout { role.flatMap { layouts[$0] } ?? standard }

    /// The names of the windows on F2, F3 and so on. `nil`: nobody has signed in.
    static func order(for role: Role?) -> [String] { layout(of: role).keys }

    /// The names of the windows whose counts a role has on its status bar.
    static func badges(for role: Role?) -> Set<String> { layout(of: role).badges }

    /// The arrangement that a role starts with.
    static func arrangement(for role: Role?) -> Arrangement { layout(of: role).arrangement }
}
