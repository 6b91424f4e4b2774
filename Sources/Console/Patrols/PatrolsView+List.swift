import Estate

extension PatrolsView: ListedView {
    static var creates: (any Action.Type)? { CheckPatrol.self }
}
