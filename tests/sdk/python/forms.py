"""User tasks, and what is done about them in time."""


def assign_user_task(wf):
    user = wf.declare_str("user")
    form = wf.assign_user_task("approve", user_id=user, user_group="clerks")
    form.with_notes(wf.format("For {0}", user)).with_on_cancellation_exception("not-approved")


def assign_user_task_to_group(wf):
    form = wf.assign_user_task("approve", user_group="clerks")
    wf.declare_json_obj("answer").assign(form)


def reassign_user_task_on_deadline(wf):
    form = wf.assign_user_task("approve", user_id="mia")
    wf.reassign_user_task_on_deadline(form, 60, user_id="noa", user_group="clerks")


def release_to_group_on_deadline(wf):
    form = wf.assign_user_task("approve", user_id="mia", user_group="clerks")
    wf.release_to_group_on_deadline(form, 60)


def schedule_reminder_task(wf):
    form = wf.assign_user_task("approve", user_id="mia")
    wf.schedule_reminder_task(form, wf.declare_int("patience"), "remind", "mia", 1)


def schedule_reminder_task_on_assignment(wf):
    # This SDK gives all arguments as one list.
    form = wf.assign_user_task("approve", user_id="mia")
    wf.schedule_reminder_task_on_assignment(form, 60, "remind", "mia")


def cancel_user_task_run_after(wf):
    form = wf.assign_user_task("approve", user_id="mia")
    wf.cancel_user_task_run_after(form, 60)


def cancel_user_task_run_after_assignment(wf):
    form = wf.assign_user_task("approve", user_id="mia")
    wf.cancel_user_task_run_after_assignment(form, wf.declare_int("patience"))
