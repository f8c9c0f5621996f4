/** The events of https://docs.gitlab.com/api/events, as examples there show them. */

const person = (id: number, username: string, name: string) => ({
  ...{ name, username, id, state: "active" },
  avatar_url: `http://localhost:3000/uploads/user/avatar/${id}/fox_avatar.png`,
  web_url: `http://localhost:3000/${username}`,
});
const dmitriy = person(1, "root", "Dmitriy Zaporozhets");
const ted = person(21, "ted", "Test User");

export const OPENED = {
  ...{ id: 2, title: null, project_id: 1, action_name: "opened" },
  ...{ target_id: 159, target_iid: 159, target_type: "Issue", author_id: 21 },
  target_title: "Nostrum enim non et sed optio illo deleniti non.",
  created_at: "2017-02-09T10:43:19.426Z",
  ...{ author: ted, author_username: "ted" },
};

/** Without the time, which the vendor's page leaves out. */
export const CLOSED = {
  ...{ id: 3, title: null, project_id: 15, action_name: "closed" },
  ...{ target_id: 830, target_type: "Issue", author_id: 1 },
  target_title: "Public project search field",
  ...{ author: dmitriy, author_username: "root" },
};

/** Without a time, and by two authors at once, as the vendor's page has it. */
export const PUSHED = {
  ...{ id: 4, title: null, project_id: 15, action_name: "pushed" },
  ...{ target_id: null, target_type: null, author_id: 1, author: dmitriy },
  author_username: "john",
  push_data: {
    ...{ commit_count: 1, action: "pushed", ref_type: "branch" },
    commit_from: "50d4420237a9de7be1304607147aec22e4a14af7",
    commit_to: "c5feabde2d8cd023215af4d2ceeb7a64839fc428",
    ...{ ref: "master", commit_title: "Add simple search to projects in public area" },
  },
  target_title: null,
};

export const COMMENTED = {
  ...{ id: 10, title: null, project_id: 1, action_name: "commented on" },
  ...{ target_id: 1312, target_iid: 1312, target_type: "Note", author_id: 1, data: null },
  target_title: null,
  created_at: "2015-12-04T10:33:58.089Z",
  note: {
    ...{ id: 1312, body: "What an awesome day!", attachment: null, author: dmitriy },
    created_at: "2015-12-04T10:33:56.698Z",
    ...{ system: false, noteable_id: 377, noteable_type: "Issue", noteable_iid: 377 },
  },
  ...{ author: dmitriy, author_username: "root" },
};
